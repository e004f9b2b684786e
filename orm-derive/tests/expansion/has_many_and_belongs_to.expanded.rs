::diesel::table! {
    #[doc = "The table of `Author`."] #[sql_name = "authors"] authors(id) { #[sql_name =
    "id"] id -> ::diesel::sql_types::Integer, #[sql_name = "name"] name ->
    ::diesel::sql_types::Text, }
}
impl<Other> ::orm_core::__private::ApartFrom<Other> for authors::table
where
    Author: ::orm_core::__private::InOneSchema<Other>,
{}
impl<Other> ::diesel::query_source::TableNotEqual<Other> for authors::table
where
    Other: ::diesel::query_source::Table + ::orm_core::__private::ApartFrom<Author>,
{}
#[automatically_derived]
impl ::orm_core::Model for Author {
    type Table = authors::table;
    type Columns = (authors::id, authors::name);
    type SqlType = (
        ::diesel::dsl::SqlTypeOf<authors::id>,
        ::diesel::dsl::SqlTypeOf<authors::name>,
    );
    type Query = ::diesel::dsl::Select<authors::table, (authors::id, authors::name)>;
    type PrimaryKey = ::orm_core::__private::FieldOf<Author, 628021283683842752u64>;
    type New = NewAuthor;
    type Builder = AuthorBuilder;
    type Changes = AuthorChanges;
    type With = AuthorWith;
    type Targets = (Book, ());
    const NAME: &'static str = ::core::stringify!(Author);
    const TABLE: &'static str = "authors";
    const META: ::orm_core::__private::ModelMeta = ::orm_core::__private::ModelMeta {
        name: Self::NAME,
        table: ::orm_core::__private::TableName::of::<Self>(),
        adopted: false,
        options: ::orm_core::__private::TableOptions::NONE,
        columns: &[
            ::orm_core::__private::ColumnMeta::new(
                "id",
                ::orm_core::__private::ColumnKind::Integer,
            ),
            ::orm_core::__private::ColumnMeta::new(
                "name",
                ::orm_core::__private::ColumnKind::Text,
            ),
        ],
        primary_key: &["id"],
        generated_key: true,
        uniques: &[],
        indexes: &[],
        references: &[
            ::orm_core::__private::Reference::of_owned::<
                AuthorBooks,
            >(::core::option::Option::None, ::core::option::Option::None),
        ],
        junctions: &[],
    };
    fn query() -> Self::Query {
        ::diesel::QueryDsl::select(authors::table, (authors::id, authors::name))
    }
    fn columns() -> Self::Columns {
        (authors::id, authors::name)
    }
    fn into_with(self) -> Self::With {
        AuthorWith::__new(self)
    }
}
#[automatically_derived]
impl ::orm_core::__private::TableOf<Author> for authors::table {
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
}
impl Author {
    /// An insert builder with nothing set.
    #[must_use]
    pub fn builder() -> AuthorBuilder {
        <AuthorBuilder as ::core::default::Default>::default()
    }
    /// Changes for `update`, with nothing set.
    #[must_use]
    pub fn changes() -> AuthorChanges {
        <AuthorChanges as ::core::default::Default>::default()
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<628021283683842752u64> for Author {
    type Column = authors::id;
    type Sql = ::diesel::sql_types::Integer;
    type Value = i32;
    const FIELD: &'static str = "id";
    const EXPR: &'static Self::Column = &authors::id;
    fn read(&self) -> &i32 {
        &self.id
    }
    fn write(&mut self, value: i32) {
        self.id = value;
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<14176396743819860870u64> for Author {
    type Column = authors::name;
    type Sql = ::diesel::sql_types::Text;
    type Value = String;
    const FIELD: &'static str = "name";
    const EXPR: &'static Self::Column = &authors::name;
    fn read(&self) -> &String {
        &self.name
    }
    fn write(&mut self, value: String) {
        self.name = value;
    }
}
#[automatically_derived]
impl ::orm_core::__private::SingleKey for Author {
    type KeyField = ::orm_core::__private::FieldOf<Author, 628021283683842752u64>;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::IntoTarget<Author> for i32 {
    type Presence = ::orm_core::__private::Always;
    fn primary_key(
        &self,
    ) -> ::core::option::Option<::orm_core::__private::KeyOf<Author>> {
        ::core::option::Option::Some(::core::clone::Clone::clone(self))
    }
    fn row(&self) -> ::core::option::Option<&Author> {
        ::core::option::Option::None
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl<BooksSlot> ::orm_core::IntoTarget<Author> for &AuthorWith<BooksSlot> {
    type Presence = ::orm_core::__private::Always;
    fn primary_key(
        &self,
    ) -> ::core::option::Option<::orm_core::__private::KeyOf<Author>> {
        ::core::option::Option::Some(
            <<Author as ::orm_core::Model>::PrimaryKey as ::orm_core::__private::PrimaryKey>::of(
                &self.__model,
            ),
        )
    }
    fn row(&self) -> ::core::option::Option<&Author> {
        ::core::option::Option::Some(&self.__model)
    }
}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
    __ST0,
    __ST1,
> ::diesel::deserialize::Queryable<(__ST0, __ST1), __DB> for Author
where
    (i32, String): ::diesel::deserialize::FromStaticSqlRow<(__ST0, __ST1), __DB>,
{
    type Row = (i32, String);
    fn build(row: Self::Row) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self { id: row.0, name: row.1 })
    }
}
#[automatically_derived]
impl<__DB: ::diesel::backend::Backend> ::diesel::expression::Selectable<__DB>
for Author {
    type SelectExpression = (authors::id, authors::name);
    fn construct_selection() -> Self::SelectExpression {
        (authors::id, authors::name)
    }
}
#[automatically_derived]
impl ::orm_core::__private::Selects<<Author as ::orm_core::Model>::SqlType> for Author {}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
> ::orm_core::__private::Selects<::diesel::dsl::AsSelect<Author, __DB>> for Author {}
#[automatically_derived]
impl<__DB> ::orm_core::__private::ReadColumns<__DB> for Author
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Author,
        628021283683842752u64,
    >: ::orm_core::__private::ReadValue<__DB>,
    ::orm_core::__private::FieldOf<
        Author,
        14176396743819860870u64,
    >: ::orm_core::__private::ReadValue<__DB>,
{
    fn read_columns<'__a>(
        row: &impl ::diesel::row::Row<'__a, __DB>,
    ) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: <::orm_core::__private::FieldOf<
                Author,
                628021283683842752u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 0usize)?,
            name: <::orm_core::__private::FieldOf<
                Author,
                14176396743819860870u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 1usize)?,
        })
    }
}
///A new [`Author`], for `Author::create`. What is an `Option` beside NULL may be left to the database.
#[derive(Debug, Clone)]
pub struct NewAuthor {
    ///The column `id`.
    pub id: ::core::option::Option<i32>,
    ///The column `name`.
    pub name: String,
}
#[automatically_derived]
impl ::orm_core::__private::Given for NewAuthor {
    type Model = Author;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(2).with(0usize, self.id.is_some())
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for NewAuthor
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Author,
        628021283683842752u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Author,
        14176396743819860870u64,
    >: ::orm_core::__private::BindValue<__DB>,
{
    fn bind<'__b>(
        &'__b self,
        index: usize,
        out: ::diesel::query_builder::AstPass<'_, '__b, __DB>,
    ) -> ::diesel::QueryResult<()> {
        match index {
            0usize => {
                <::orm_core::__private::FieldOf<
                    Author,
                    628021283683842752u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_given(&self.id, out)
            }
            1usize => {
                <::orm_core::__private::FieldOf<
                    Author,
                    14176396743819860870u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_value(&self.name, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::IntoNew<Author> for NewAuthor {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(2).with(0usize, self.id.is_some())
    }
    fn into_new(self) -> NewAuthor {
        self
    }
}
///Collects the columns of a new [`Author`]. Required ones are parameters of the type until they are set.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it is passed to `create`"]
pub struct AuthorBuilder<NameColumn = ::orm_core::Missing<authors::name>> {
    id: ::core::option::Option<i32>,
    name: NameColumn,
    __stated: ::orm_core::__private::ColumnSet,
}
#[automatically_derived]
impl ::core::default::Default for AuthorBuilder {
    fn default() -> Self {
        Self {
            id: ::core::option::Option::None,
            name: ::orm_core::Missing::new(),
            __stated: ::orm_core::__private::ColumnSet::new(),
        }
    }
}
impl<NameColumn> AuthorBuilder<NameColumn> {
    ///Sets the column `id`.
    pub fn id(self, value: i32) -> AuthorBuilder<NameColumn> {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Author, 628021283683842752u64>,
        >::set_field(self, value)
    }
    ///Sets the column `name`.
    pub fn name(
        self,
        value: impl ::core::convert::Into<String>,
    ) -> AuthorBuilder<::orm_core::Set<String>> {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Author, 14176396743819860870u64>,
        >::set_field(self, ::core::convert::Into::into(value))
    }
}
#[automatically_derived]
impl<
    NameColumn,
> ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Author, 628021283683842752u64>,
> for AuthorBuilder<NameColumn> {
    type Output = AuthorBuilder<NameColumn>;
    fn set_field(self, value: i32) -> Self::Output {
        {
            let mut builder = self;
            builder.id = ::core::option::Option::Some(value);
            builder.__stated = builder.__stated.with(0usize, true);
            builder
        }
    }
}
#[automatically_derived]
impl<
    NameColumn,
> ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Author, 14176396743819860870u64>,
> for AuthorBuilder<NameColumn> {
    type Output = AuthorBuilder<::orm_core::Set<String>>;
    fn set_field(self, value: String) -> Self::Output {
        AuthorBuilder {
            id: self.id,
            name: ::orm_core::Set(value),
            __stated: self.__stated.with(1usize, true),
        }
    }
}
#[automatically_derived]
impl<NameColumn: ::orm_core::__private::IsSet<String>> ::orm_core::IntoNew<Author>
for AuthorBuilder<NameColumn> {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        self.__stated
    }
    fn into_new(self) -> NewAuthor {
        NewAuthor {
            id: self.id,
            name: ::orm_core::__private::IsSet::get(self.name),
        }
    }
}
///Collects changes of a [`Author`], for `update`. Columns that are not set stay as they are.
#[derive(Debug, Clone, Default)]
#[must_use = "changes do nothing until they are passed to `update`"]
pub struct AuthorChanges {
    name: ::core::option::Option<String>,
}
impl AuthorChanges {
    ///Changes the column `name`.
    pub fn name(mut self, value: impl ::core::convert::Into<String>) -> Self {
        self.name = ::core::option::Option::Some(::core::convert::Into::into(value));
        self
    }
}
#[automatically_derived]
impl ::orm_core::__private::Given for AuthorChanges {
    type Model = Author;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0).with(1usize, self.name.is_some())
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for AuthorChanges
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Author,
        14176396743819860870u64,
    >: ::orm_core::__private::BindValue<__DB>,
{
    fn bind<'__b>(
        &'__b self,
        index: usize,
        out: ::diesel::query_builder::AstPass<'_, '__b, __DB>,
    ) -> ::diesel::QueryResult<()> {
        match index {
            1usize => {
                <::orm_core::__private::FieldOf<
                    Author,
                    14176396743819860870u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_given(&self.name, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Given for Author {
    type Model = Author;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(2)
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for Author
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Author,
        14176396743819860870u64,
    >: ::orm_core::__private::BindValue<__DB>,
{
    fn bind<'__b>(
        &'__b self,
        index: usize,
        out: ::diesel::query_builder::AstPass<'_, '__b, __DB>,
    ) -> ::diesel::QueryResult<()> {
        match index {
            1usize => {
                <::orm_core::__private::FieldOf<
                    Author,
                    14176396743819860870u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_value(&self.name, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Changes<Author> for AuthorChanges {
    #[allow(unused_variables)]
    fn apply(self, row: &mut Author) {
        if let ::core::option::Option::Some(value) = self.name {
            row.name = value;
        }
    }
}
///A [`Author`] with one slot per association; it derefs to the `Author`.
pub struct AuthorWith<BooksSlot = ::orm_core::NotIncluded<AuthorBooks>> {
    __model: Author,
    ///The association `books`, where the query included it.
    pub books: BooksSlot,
}
impl AuthorWith {
    fn __new(model: Author) -> Self {
        Self {
            __model: model,
            books: ::orm_core::NotIncluded::new(),
        }
    }
}
impl<BooksSlot> AuthorWith<BooksSlot> {
    /// The row without its slots.
    #[must_use]
    pub fn into_model(self) -> Author {
        self.__model
    }
}
#[automatically_derived]
impl<BooksSlot> ::core::ops::Deref for AuthorWith<BooksSlot> {
    type Target = Author;
    fn deref(&self) -> &Author {
        &self.__model
    }
}
#[automatically_derived]
impl<BooksSlot> ::core::ops::DerefMut for AuthorWith<BooksSlot> {
    fn deref_mut(&mut self) -> &mut Author {
        &mut self.__model
    }
}
#[automatically_derived]
impl<BooksSlot: ::core::clone::Clone> ::core::clone::Clone for AuthorWith<BooksSlot> {
    fn clone(&self) -> Self {
        Self {
            __model: ::core::clone::Clone::clone(&self.__model),
            books: ::core::clone::Clone::clone(&self.books),
        }
    }
}
#[automatically_derived]
impl<BooksSlot: ::core::fmt::Debug> ::core::fmt::Debug for AuthorWith<BooksSlot>
where
    for<'__a> Author: ::core::fmt::Debug,
{
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_struct("AuthorWith")
            .field("model", &self.__model)
            .field(::core::stringify!(books), &self.books)
            .finish()
    }
}
#[automatically_derived]
impl<BooksSlot: ::core::cmp::PartialEq> ::core::cmp::PartialEq for AuthorWith<BooksSlot>
where
    for<'__a> Author: ::core::cmp::PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        self.__model == other.__model && self.books == other.books
    }
}
#[automatically_derived]
impl<BooksSlot: ::core::clone::Clone> ::orm_core::__private::Row<Author>
for AuthorWith<BooksSlot> {
    fn model(&self) -> &Author {
        &self.__model
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::Vacant<AuthorBooks>
for AuthorWith<::orm_core::NotIncluded<AuthorBooks>> {
    type Filled<__Slot> = AuthorWith<__Slot>;
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
    fn fill<__Slot>(self, slot: __Slot) -> Self::Filled<__Slot> {
        AuthorWith {
            __model: self.__model,
            books: slot,
        }
    }
}
///The association `books` of [`Author`].
pub struct AuthorBooks<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);
#[automatically_derived]
impl ::core::fmt::Debug for AuthorBooks {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(::core::stringify!(AuthorBooks))
    }
}
#[automatically_derived]
impl ::orm_core::__private::Association for AuthorBooks {
    type Source = Author;
    type Target = Book;
    type Key = i32;
    type SourceField = ::orm_core::__private::FieldOf<Author, 628021283683842752u64>;
    type Shape = ::orm_core::__private::shape::Many;
    type Via = ();
    const NAME: &'static str = "books";
}
#[automatically_derived]
impl<__Nested: ::orm_core::__private::RowFor<Book>> ::orm_core::__private::SpecItem
for AuthorBooks<__Nested> {
    type Association = AuthorBooks;
    type Row = __Nested::Row;
    type Shape = ::orm_core::__private::shape::Many;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::StartsFrom<Author> for AuthorBooks {
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
}
#[automatically_derived]
impl ::orm_core::__private::Direct for AuthorBooks {
    type TargetField = ::orm_core::__private::FieldOf<Book, 3160957353358223494u64>;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ToMany for AuthorBooks {}
#[allow(clippy::missing_errors_doc)]
impl Author {
    ///Includes `books`: pass it to `.include(…)`.
    pub fn books() -> ::orm_core::Loader<AuthorBooks> {
        ::orm_core::Loader::new()
    }
    ///The Diesel query behind `get_books`.
    #[must_use]
    pub fn query_books(&self) -> ::orm_core::__private::Related<AuthorBooks> {
        ::orm_core::__private::related::<AuthorBooks>(self)
    }
    ///All rows that are linked.
    pub fn get_books<__C>(
        &self,
        conn: &mut __C,
    ) -> ::orm_core::Result<::std::vec::Vec<Book>>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::has_many::ReadRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__private::has_many::ReadRelated<
            __C,
        >>::get(conn, self)
    }
    ///How many rows are linked.
    pub fn count_books<__C>(&self, conn: &mut __C) -> ::orm_core::Result<i64>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::has_many::ReadRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__private::has_many::ReadRelated<
            __C,
        >>::count(conn, self)
    }
    ///Whether this row is linked.
    pub fn has_book<__C>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::IntoTarget<
            Book,
            Presence = ::orm_core::__private::Always,
        >,
    ) -> ::orm_core::Result<bool>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::has_many::LinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__private::has_many::LinkRelated<
            __C,
        >>::has(conn, self, [target])
    }
    ///Whether all of these are linked.
    pub fn has_books<__C>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Book>,
    ) -> ::orm_core::Result<bool>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::has_many::LinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__private::has_many::LinkRelated<
            __C,
        >>::has(conn, self, targets)
    }
    ///Links this row.
    pub fn add_book<__C>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::IntoTarget<
            Book,
            Presence = ::orm_core::__private::Always,
        >,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::has_many::LinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__private::has_many::LinkRelated<
            __C,
        >>::add(conn, self, [target])
    }
    ///Links these rows, in one statement.
    pub fn add_books<__C>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Book>,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::has_many::LinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__private::has_many::LinkRelated<
            __C,
        >>::add(conn, self, targets)
    }
    ///Unlinks this row.
    pub fn remove_book<__C>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::IntoTarget<
            Book,
            Presence = ::orm_core::__private::Always,
        >,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::has_many::UnlinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__private::has_many::UnlinkRelated<
            __C,
        >>::remove(conn, self, [target])
    }
    ///Unlinks these rows, in one statement.
    pub fn remove_books<__C>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Book>,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::has_many::UnlinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__private::has_many::UnlinkRelated<
            __C,
        >>::remove(conn, self, targets)
    }
    ///Links exactly these rows: one transaction, which writes only what changes.
    pub fn set_books<__C>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Book>,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::has_many::UnlinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__private::has_many::UnlinkRelated<
            __C,
        >>::set(conn, self, targets)
    }
    ///Creates a row that is linked.
    pub fn create_book<__C, __B>(
        &self,
        conn: &mut __C,
        new: __B,
    ) -> ::orm_core::Result<Book>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::CreateTarget<__C>,
        __B: ::orm_core::__private::Fill<AuthorBooks>,
    {
        ::orm_core::__private::has_many::create::<AuthorBooks, __C, _>(conn, self, new)
    }
    ///Creates rows that are linked.
    pub fn create_books<__C, __B>(
        &self,
        conn: &mut __C,
        new: impl ::core::iter::IntoIterator<Item = __B>,
    ) -> ::orm_core::Result<::std::vec::Vec<Book>>
    where
        __C: ::orm_core::Connection,
        AuthorBooks: ::orm_core::__private::CreateTarget<__C>,
        __B: ::orm_core::__private::Fill<AuthorBooks>,
    {
        ::orm_core::__private::has_many::create_all::<
            AuthorBooks,
            __C,
            _,
        >(conn, self, new)
    }
}
::diesel::table! {
    #[doc = "The table of `Book`."] #[sql_name = "books"] books(id) { #[sql_name = "id"]
    id -> ::diesel::sql_types::Integer, #[sql_name = "author_id"] author_id ->
    ::diesel::sql_types::Integer, }
}
impl<Other> ::orm_core::__private::ApartFrom<Other> for books::table
where
    Book: ::orm_core::__private::InOneSchema<Other>,
{}
impl<Other> ::diesel::query_source::TableNotEqual<Other> for books::table
where
    Other: ::diesel::query_source::Table + ::orm_core::__private::ApartFrom<Book>,
{}
#[automatically_derived]
impl ::orm_core::Model for Book {
    type Table = books::table;
    type Columns = (books::id, books::author_id);
    type SqlType = (
        ::diesel::dsl::SqlTypeOf<books::id>,
        ::diesel::dsl::SqlTypeOf<books::author_id>,
    );
    type Query = ::diesel::dsl::Select<books::table, (books::id, books::author_id)>;
    type PrimaryKey = ::orm_core::__private::FieldOf<Book, 628021283683842752u64>;
    type New = NewBook;
    type Builder = BookBuilder;
    type Changes = BookChanges;
    type With = BookWith;
    type Targets = (Author, ());
    const NAME: &'static str = ::core::stringify!(Book);
    const TABLE: &'static str = "books";
    const META: ::orm_core::__private::ModelMeta = ::orm_core::__private::ModelMeta {
        name: Self::NAME,
        table: ::orm_core::__private::TableName::of::<Self>(),
        adopted: false,
        options: ::orm_core::__private::TableOptions::NONE,
        columns: &[
            ::orm_core::__private::ColumnMeta::new(
                "id",
                ::orm_core::__private::ColumnKind::Integer,
            ),
            ::orm_core::__private::ColumnMeta::new(
                "author_id",
                ::orm_core::__private::ColumnKind::Integer,
            ),
        ],
        primary_key: &["id"],
        generated_key: true,
        uniques: &[],
        indexes: &[],
        references: &[
            ::orm_core::__private::Reference::of_owner::<
                BookAuthor,
            >(
                ::core::option::Option::Some(::orm_core::__private::Action::Cascade),
                ::core::option::Option::None,
            ),
        ],
        junctions: &[],
    };
    fn query() -> Self::Query {
        ::diesel::QueryDsl::select(books::table, (books::id, books::author_id))
    }
    fn columns() -> Self::Columns {
        (books::id, books::author_id)
    }
    fn into_with(self) -> Self::With {
        BookWith::__new(self)
    }
}
#[automatically_derived]
impl ::orm_core::__private::TableOf<Book> for books::table {
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
}
impl Book {
    /// An insert builder with nothing set.
    #[must_use]
    pub fn builder() -> BookBuilder {
        <BookBuilder as ::core::default::Default>::default()
    }
    /// Changes for `update`, with nothing set.
    #[must_use]
    pub fn changes() -> BookChanges {
        <BookChanges as ::core::default::Default>::default()
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<628021283683842752u64> for Book {
    type Column = books::id;
    type Sql = ::diesel::sql_types::Integer;
    type Value = i32;
    const FIELD: &'static str = "id";
    const EXPR: &'static Self::Column = &books::id;
    fn read(&self) -> &i32 {
        &self.id
    }
    fn write(&mut self, value: i32) {
        self.id = value;
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<3160957353358223494u64> for Book {
    type Column = books::author_id;
    type Sql = ::diesel::sql_types::Integer;
    type Value = i32;
    const FIELD: &'static str = "author_id";
    const EXPR: &'static Self::Column = &books::author_id;
    fn read(&self) -> &i32 {
        &self.author_id
    }
    fn write(&mut self, value: i32) {
        self.author_id = value;
    }
}
#[automatically_derived]
impl ::orm_core::__private::SingleKey for Book {
    type KeyField = ::orm_core::__private::FieldOf<Book, 628021283683842752u64>;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::IntoTarget<Book> for i32 {
    type Presence = ::orm_core::__private::Always;
    fn primary_key(&self) -> ::core::option::Option<::orm_core::__private::KeyOf<Book>> {
        ::core::option::Option::Some(::core::clone::Clone::clone(self))
    }
    fn row(&self) -> ::core::option::Option<&Book> {
        ::core::option::Option::None
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl<AuthorSlot> ::orm_core::IntoTarget<Book> for &BookWith<AuthorSlot> {
    type Presence = ::orm_core::__private::Always;
    fn primary_key(&self) -> ::core::option::Option<::orm_core::__private::KeyOf<Book>> {
        ::core::option::Option::Some(
            <<Book as ::orm_core::Model>::PrimaryKey as ::orm_core::__private::PrimaryKey>::of(
                &self.__model,
            ),
        )
    }
    fn row(&self) -> ::core::option::Option<&Book> {
        ::core::option::Option::Some(&self.__model)
    }
}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
    __ST0,
    __ST1,
> ::diesel::deserialize::Queryable<(__ST0, __ST1), __DB> for Book
where
    (i32, i32): ::diesel::deserialize::FromStaticSqlRow<(__ST0, __ST1), __DB>,
{
    type Row = (i32, i32);
    fn build(row: Self::Row) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: row.0,
            author_id: row.1,
        })
    }
}
#[automatically_derived]
impl<__DB: ::diesel::backend::Backend> ::diesel::expression::Selectable<__DB> for Book {
    type SelectExpression = (books::id, books::author_id);
    fn construct_selection() -> Self::SelectExpression {
        (books::id, books::author_id)
    }
}
#[automatically_derived]
impl ::orm_core::__private::Selects<<Book as ::orm_core::Model>::SqlType> for Book {}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
> ::orm_core::__private::Selects<::diesel::dsl::AsSelect<Book, __DB>> for Book {}
#[automatically_derived]
impl<__DB> ::orm_core::__private::ReadColumns<__DB> for Book
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Book,
        628021283683842752u64,
    >: ::orm_core::__private::ReadValue<__DB>,
    ::orm_core::__private::FieldOf<
        Book,
        3160957353358223494u64,
    >: ::orm_core::__private::ReadValue<__DB>,
{
    fn read_columns<'__a>(
        row: &impl ::diesel::row::Row<'__a, __DB>,
    ) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: <::orm_core::__private::FieldOf<
                Book,
                628021283683842752u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 0usize)?,
            author_id: <::orm_core::__private::FieldOf<
                Book,
                3160957353358223494u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 1usize)?,
        })
    }
}
///A new [`Book`], for `Book::create`. What is an `Option` beside NULL may be left to the database.
#[derive(Debug, Clone)]
pub struct NewBook {
    ///The column `id`.
    pub id: ::core::option::Option<i32>,
    ///The column `author_id`.
    pub author_id: i32,
}
#[automatically_derived]
impl ::orm_core::__private::Given for NewBook {
    type Model = Book;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(2).with(0usize, self.id.is_some())
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for NewBook
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Book,
        628021283683842752u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Book,
        3160957353358223494u64,
    >: ::orm_core::__private::BindValue<__DB>,
{
    fn bind<'__b>(
        &'__b self,
        index: usize,
        out: ::diesel::query_builder::AstPass<'_, '__b, __DB>,
    ) -> ::diesel::QueryResult<()> {
        match index {
            0usize => {
                <::orm_core::__private::FieldOf<
                    Book,
                    628021283683842752u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_given(&self.id, out)
            }
            1usize => {
                <::orm_core::__private::FieldOf<
                    Book,
                    3160957353358223494u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_value(&self.author_id, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::IntoNew<Book> for NewBook {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(2).with(0usize, self.id.is_some())
    }
    fn into_new(self) -> NewBook {
        self
    }
}
///Collects the columns of a new [`Book`]. Required ones are parameters of the type until they are set.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it is passed to `create`"]
pub struct BookBuilder<AuthorIdColumn = ::orm_core::Missing<books::author_id>> {
    id: ::core::option::Option<i32>,
    author_id: AuthorIdColumn,
    __stated: ::orm_core::__private::ColumnSet,
}
#[automatically_derived]
impl ::core::default::Default for BookBuilder {
    fn default() -> Self {
        Self {
            id: ::core::option::Option::None,
            author_id: ::orm_core::Missing::new(),
            __stated: ::orm_core::__private::ColumnSet::new(),
        }
    }
}
impl<AuthorIdColumn> BookBuilder<AuthorIdColumn> {
    ///Sets the column `id`.
    pub fn id(self, value: i32) -> BookBuilder<AuthorIdColumn> {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Book, 628021283683842752u64>,
        >::set_field(self, value)
    }
    ///Sets the column `author_id`.
    pub fn author_id(self, value: i32) -> BookBuilder<::orm_core::Set<i32>> {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Book, 3160957353358223494u64>,
        >::set_field(self, value)
    }
}
#[automatically_derived]
impl<
    AuthorIdColumn,
> ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Book, 628021283683842752u64>,
> for BookBuilder<AuthorIdColumn> {
    type Output = BookBuilder<AuthorIdColumn>;
    fn set_field(self, value: i32) -> Self::Output {
        {
            let mut builder = self;
            builder.id = ::core::option::Option::Some(value);
            builder.__stated = builder.__stated.with(0usize, true);
            builder
        }
    }
}
#[automatically_derived]
impl<
    AuthorIdColumn,
> ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Book, 3160957353358223494u64>,
> for BookBuilder<AuthorIdColumn> {
    type Output = BookBuilder<::orm_core::Set<i32>>;
    fn set_field(self, value: i32) -> Self::Output {
        BookBuilder {
            id: self.id,
            author_id: ::orm_core::Set(value),
            __stated: self.__stated.with(1usize, true),
        }
    }
}
#[automatically_derived]
impl<AuthorIdColumn: ::orm_core::__private::IsSet<i32>> ::orm_core::IntoNew<Book>
for BookBuilder<AuthorIdColumn> {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        self.__stated
    }
    fn into_new(self) -> NewBook {
        NewBook {
            id: self.id,
            author_id: ::orm_core::__private::IsSet::get(self.author_id),
        }
    }
}
///Collects changes of a [`Book`], for `update`. Columns that are not set stay as they are.
#[derive(Debug, Clone, Default)]
#[must_use = "changes do nothing until they are passed to `update`"]
pub struct BookChanges {
    author_id: ::core::option::Option<i32>,
}
impl BookChanges {
    ///Changes the column `author_id`.
    pub fn author_id(mut self, value: i32) -> Self {
        self.author_id = ::core::option::Option::Some(value);
        self
    }
}
#[automatically_derived]
impl ::orm_core::__private::Given for BookChanges {
    type Model = Book;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0).with(1usize, self.author_id.is_some())
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for BookChanges
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Book,
        3160957353358223494u64,
    >: ::orm_core::__private::BindValue<__DB>,
{
    fn bind<'__b>(
        &'__b self,
        index: usize,
        out: ::diesel::query_builder::AstPass<'_, '__b, __DB>,
    ) -> ::diesel::QueryResult<()> {
        match index {
            1usize => {
                <::orm_core::__private::FieldOf<
                    Book,
                    3160957353358223494u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_given(&self.author_id, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Given for Book {
    type Model = Book;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(2)
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for Book
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Book,
        3160957353358223494u64,
    >: ::orm_core::__private::BindValue<__DB>,
{
    fn bind<'__b>(
        &'__b self,
        index: usize,
        out: ::diesel::query_builder::AstPass<'_, '__b, __DB>,
    ) -> ::diesel::QueryResult<()> {
        match index {
            1usize => {
                <::orm_core::__private::FieldOf<
                    Book,
                    3160957353358223494u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_value(&self.author_id, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Changes<Book> for BookChanges {
    #[allow(unused_variables)]
    fn apply(self, row: &mut Book) {
        if let ::core::option::Option::Some(value) = self.author_id {
            row.author_id = value;
        }
    }
}
///A [`Book`] with one slot per association; it derefs to the `Book`.
pub struct BookWith<AuthorSlot = ::orm_core::NotIncluded<BookAuthor>> {
    __model: Book,
    ///The association `author`, where the query included it.
    pub author: AuthorSlot,
}
impl BookWith {
    fn __new(model: Book) -> Self {
        Self {
            __model: model,
            author: ::orm_core::NotIncluded::new(),
        }
    }
}
impl<AuthorSlot> BookWith<AuthorSlot> {
    /// The row without its slots.
    #[must_use]
    pub fn into_model(self) -> Book {
        self.__model
    }
}
#[automatically_derived]
impl<AuthorSlot> ::core::ops::Deref for BookWith<AuthorSlot> {
    type Target = Book;
    fn deref(&self) -> &Book {
        &self.__model
    }
}
#[automatically_derived]
impl<AuthorSlot> ::core::ops::DerefMut for BookWith<AuthorSlot> {
    fn deref_mut(&mut self) -> &mut Book {
        &mut self.__model
    }
}
#[automatically_derived]
impl<AuthorSlot: ::core::clone::Clone> ::core::clone::Clone for BookWith<AuthorSlot> {
    fn clone(&self) -> Self {
        Self {
            __model: ::core::clone::Clone::clone(&self.__model),
            author: ::core::clone::Clone::clone(&self.author),
        }
    }
}
#[automatically_derived]
impl<AuthorSlot: ::core::fmt::Debug> ::core::fmt::Debug for BookWith<AuthorSlot>
where
    for<'__a> Book: ::core::fmt::Debug,
{
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_struct("BookWith")
            .field("model", &self.__model)
            .field(::core::stringify!(author), &self.author)
            .finish()
    }
}
#[automatically_derived]
impl<AuthorSlot: ::core::cmp::PartialEq> ::core::cmp::PartialEq for BookWith<AuthorSlot>
where
    for<'__a> Book: ::core::cmp::PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        self.__model == other.__model && self.author == other.author
    }
}
#[automatically_derived]
impl<AuthorSlot: ::core::clone::Clone> ::orm_core::__private::Row<Book>
for BookWith<AuthorSlot> {
    fn model(&self) -> &Book {
        &self.__model
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::Vacant<BookAuthor>
for BookWith<::orm_core::NotIncluded<BookAuthor>> {
    type Filled<__Slot> = BookWith<__Slot>;
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
    fn fill<__Slot>(self, slot: __Slot) -> Self::Filled<__Slot> {
        BookWith {
            __model: self.__model,
            author: slot,
        }
    }
}
///The association `author` of [`Book`].
pub struct BookAuthor<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);
#[automatically_derived]
impl ::core::fmt::Debug for BookAuthor {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(::core::stringify!(BookAuthor))
    }
}
#[automatically_derived]
impl ::orm_core::__private::Association for BookAuthor {
    type Source = Book;
    type Target = Author;
    type Key = i32;
    type SourceField = ::orm_core::__private::FieldOf<Book, 3160957353358223494u64>;
    type Shape = ::orm_core::__private::shape::One;
    type Via = ();
    const NAME: &'static str = "author";
}
#[automatically_derived]
impl<__Nested: ::orm_core::__private::RowFor<Author>> ::orm_core::__private::SpecItem
for BookAuthor<__Nested> {
    type Association = BookAuthor;
    type Row = __Nested::Row;
    type Shape = ::orm_core::__private::shape::One;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::StartsFrom<Book> for BookAuthor {
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
}
#[automatically_derived]
impl ::orm_core::__private::Direct for BookAuthor {
    type TargetField = <Author as ::orm_core::__private::SingleKey>::KeyField;
}
#[allow(clippy::missing_errors_doc)]
impl Book {
    ///Includes `author`: pass it to `.include(…)`.
    pub fn author() -> ::orm_core::Loader<BookAuthor> {
        ::orm_core::Loader::new()
    }
    ///The row that this one belongs to.
    pub fn get_author<__C>(&self, conn: &mut __C) -> ::orm_core::Result<Author>
    where
        __C: ::orm_core::Connection,
        BookAuthor: ::orm_core::__private::belongs_to::ReadOwner<__C>,
    {
        <BookAuthor as ::orm_core::__private::belongs_to::ReadOwner<
            __C,
        >>::get(conn, self)
    }
    ///Makes this row belong to another, here and in the database.
    pub fn set_author<__C, __T>(
        &mut self,
        conn: &mut __C,
        target: __T,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        BookAuthor: ::orm_core::__private::belongs_to::SetOwner<__C>,
        __T: ::orm_core::IntoTarget<Author>,
        __T::Presence: ::orm_core::__private::belongs_to::AcceptedBy<
            <<BookAuthor as ::orm_core::__private::Association>::SourceField as ::orm_core::__private::Field>::Value,
        >,
    {
        <BookAuthor as ::orm_core::__private::belongs_to::SetOwner<
            __C,
        >>::set(conn, self, target)
    }
    ///Creates a row and makes this one belong to it, in one transaction.
    pub fn create_author<__C, __B>(
        &mut self,
        conn: &mut __C,
        new: __B,
    ) -> ::orm_core::Result<Author>
    where
        __C: ::orm_core::Connection,
        BookAuthor: ::orm_core::__private::belongs_to::SetOwner<__C>,
        BookAuthor: ::orm_core::__private::CreateTarget<__C>,
        __B: ::orm_core::IntoNew<Author>,
    {
        <BookAuthor as ::orm_core::__private::belongs_to::SetOwner<
            __C,
        >>::create(conn, self, new)
    }
}
