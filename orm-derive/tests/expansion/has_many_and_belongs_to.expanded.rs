::diesel::table! {
    #[doc = "The table of `Author`."] #[sql_name = "authors"] authors(id) { #[sql_name =
    "id"] id -> ::diesel::sql_types::Integer, #[sql_name = "name"] name ->
    ::diesel::sql_types::Text, }
}
///A new [`Author`], for `Author::create`. What is an `Option` beside NULL may be left to the database.
#[allow(missing_docs, dead_code)]
#[derive(Debug, Clone)]
pub struct NewAuthor {
    pub id: ::core::option::Option<i32>,
    pub name: String,
}
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct AuthorValues {
    id: ::core::option::Option<i32>,
    name: ::core::option::Option<String>,
}
///Collects the columns of a new [`Author`]: `State` tells which required ones are missing.
#[must_use = "a builder does nothing until it is passed to `create` or `update`"]
pub struct AuthorBuilder<State = (::orm_core::Missing<authors::name>,)>(
    AuthorValues,
    ::core::marker::PhantomData<fn() -> State>,
);
///Collects changes of a [`Author`], for `update`. Columns that are not set stay as they are.
#[allow(dead_code)]
pub type AuthorChanges = AuthorBuilder<::orm_core::Partial>;
///A [`Author`] with one slot per association; it derefs to the `Author`.
#[allow(missing_docs)]
#[derive(Clone)]
pub struct AuthorWith<BooksSlot = ::orm_core::NotIncluded<AuthorBooks>> {
    __model: Author,
    pub books: BooksSlot,
}
///The association `books` of [`Author`].
#[derive(Debug)]
pub struct AuthorBooks<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);
const _: () = {
    use ::orm_core::__private as __orm;
    impl<__M> __orm::ApartFrom<__M> for authors::table
    where
        Author: __orm::InOneSchema<__M>,
    {}
    impl<__T: __orm::Table + __orm::ApartFrom<Author>> __orm::TableNotEqual<__T>
    for authors::table {}
    impl __orm::Model for Author {
        type Table = authors::table;
        type Columns = (authors::id, authors::name);
        type SqlType = (__orm::SqlTypeOf<authors::id>, __orm::SqlTypeOf<authors::name>);
        type Query = __orm::Select<authors::table, Self::Columns>;
        type PrimaryKey = __orm::FieldOf<Author, 628021283683842752>;
        type Values = AuthorValues;
        type Builder = AuthorBuilder;
        type With = AuthorWith;
        type Targets = (Book, ());
        const NAME: &'static str = ::core::stringify!(Author);
        const TABLE: &'static str = "authors";
        const META: __orm::ModelMeta = __orm::ModelMeta {
            name: Self::NAME,
            table: __orm::TableName::of::<Self>(),
            adopted: false,
            options: __orm::TableOptions::NONE,
            columns: &[
                __orm::ColumnMeta::new("id", __orm::ColumnKind::Integer),
                __orm::ColumnMeta::new("name", __orm::ColumnKind::Text),
            ],
            primary_key: &["id"],
            generated_key: true,
            uniques: &[],
            indexes: &[],
            references: &[
                __orm::Reference::of_owned::<AuthorBooks>(__orm::None, __orm::None),
            ],
            junctions: &[],
        };
        fn query() -> Self::Query {
            __orm::QueryDsl::select(authors::table, Self::columns())
        }
        fn columns() -> Self::Columns {
            (authors::id, authors::name)
        }
        fn into_with(self) -> Self::With {
            AuthorWith {
                __model: self,
                books: __orm::NotIncluded::new(),
            }
        }
    }
    impl __orm::TableOf<Author> for authors::table {
        type Then<__T> = __T;
        fn then<__T>(value: __T) -> __T {
            value
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<628021283683842752> for Author {
        type Column = authors::id;
        type Sql = ::diesel::sql_types::Integer;
        type Value = i32;
        type Slot = __orm::OfKey<__orm::Free>;
        const FIELD: &'static str = "id";
        fn read(&self) -> &i32 {
            &self.id
        }
        fn write(&mut self, value: i32) {
            self.id = value;
        }
        fn given(values: &AuthorValues) -> __orm::Option<&i32> {
            values.id.as_ref()
        }
        fn place(values: &mut AuthorValues) -> &mut __orm::Option<i32> {
            &mut values.id
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<14176396743819860870> for Author {
        type Column = authors::name;
        type Sql = ::diesel::sql_types::Text;
        type Value = String;
        type Slot = __orm::At<0>;
        const FIELD: &'static str = "name";
        fn read(&self) -> &String {
            &self.name
        }
        fn write(&mut self, value: String) {
            self.name = value;
        }
        fn given(values: &AuthorValues) -> __orm::Option<&String> {
            values.name.as_ref()
        }
        fn place(values: &mut AuthorValues) -> &mut __orm::Option<String> {
            &mut values.name
        }
    }
    impl __orm::SingleKey for Author {
        type KeyField = __orm::FieldOf<Author, 628021283683842752>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::IntoTarget<Author> for i32 {
        type Presence = __orm::Always;
        fn primary_key(&self) -> __orm::Option<i32> {
            __orm::Some(__orm::Clone::clone(self))
        }
    }
    impl<__ST, __DB: __orm::Backend> __orm::Queryable<__ST, __DB> for Author
    where
        (i32, String): __orm::FromStaticSqlRow<__ST, __DB>,
    {
        type Row = (i32, String);
        fn build(row: Self::Row) -> __orm::Read<Self> {
            __orm::Ok(Self { id: row.0, name: row.1 })
        }
    }
    impl<__DB: __orm::Backend> __orm::Selectable<__DB> for Author {
        type SelectExpression = <Self as __orm::Model>::Columns;
        fn construct_selection() -> Self::SelectExpression {
            <Self as __orm::Model>::columns()
        }
    }
    impl __orm::Selects<<Self as __orm::Model>::SqlType> for Author {}
    impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for Author {}
    impl<__DB: __orm::Backend> __orm::ReadColumns<__DB> for Author
    where
        __orm::FieldOf<Author, 628021283683842752>: __orm::ReadValue<__DB>,
        __orm::FieldOf<Author, 14176396743819860870>: __orm::ReadValue<__DB>,
    {
        fn read_columns<__S: __orm::Source<Self, __DB>>(
            mut source: __S,
        ) -> __orm::Read<Self> {
            __orm::Ok(Self {
                id: source.value::<__orm::FieldOf<Author, 628021283683842752>>(0)?,
                name: source.value::<__orm::FieldOf<Author, 14176396743819860870>>(1)?,
            })
        }
    }
    #[allow(clippy::missing_errors_doc)]
    impl Author {
        ///Includes `books`: pass it to `.include(…)`.
        pub fn books() -> __orm::Loader<AuthorBooks> {
            __orm::Loader::new()
        }
        ///The Diesel query behind `get_books`.
        #[must_use]
        pub fn query_books(&self) -> __orm::Related<AuthorBooks> {
            __orm::related::<AuthorBooks>(self)
        }
        ///All rows that are linked.
        pub fn get_books<__C>(&self, conn: &mut __C) -> __orm::Result<__orm::Vec<Book>>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::has_many::ReadRelated<__C>,
        {
            <AuthorBooks as __orm::has_many::ReadRelated<__C>>::get(conn, self)
        }
        ///How many rows are linked.
        pub fn count_books<__C>(&self, conn: &mut __C) -> __orm::Result<i64>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::has_many::ReadRelated<__C>,
        {
            <AuthorBooks as __orm::has_many::ReadRelated<__C>>::count(conn, self)
        }
        ///Whether this row is linked.
        pub fn has_book<__C>(
            &self,
            conn: &mut __C,
            target: impl __orm::IntoTarget<Book, Presence = __orm::Always>,
        ) -> __orm::Result<bool>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::has_many::LinkRelated<__C>,
        {
            <AuthorBooks as __orm::has_many::LinkRelated<__C>>::has(conn, self, [target])
        }
        ///Whether all of these are linked.
        pub fn has_books<__C>(
            &self,
            conn: &mut __C,
            targets: impl __orm::Targets<Book>,
        ) -> __orm::Result<bool>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::has_many::LinkRelated<__C>,
        {
            <AuthorBooks as __orm::has_many::LinkRelated<__C>>::has(conn, self, targets)
        }
        ///Links this row.
        pub fn add_book<__C>(
            &self,
            conn: &mut __C,
            target: impl __orm::IntoTarget<Book, Presence = __orm::Always>,
        ) -> __orm::Result<()>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::has_many::LinkRelated<__C>,
        {
            <AuthorBooks as __orm::has_many::LinkRelated<__C>>::add(conn, self, [target])
        }
        ///Links these rows, in one statement.
        pub fn add_books<__C>(
            &self,
            conn: &mut __C,
            targets: impl __orm::Targets<Book>,
        ) -> __orm::Result<()>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::has_many::LinkRelated<__C>,
        {
            <AuthorBooks as __orm::has_many::LinkRelated<__C>>::add(conn, self, targets)
        }
        ///Unlinks this row.
        pub fn remove_book<__C>(
            &self,
            conn: &mut __C,
            target: impl __orm::IntoTarget<Book, Presence = __orm::Always>,
        ) -> __orm::Result<()>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::has_many::UnlinkRelated<__C>,
        {
            <AuthorBooks as __orm::has_many::UnlinkRelated<
                __C,
            >>::remove(conn, self, [target])
        }
        ///Unlinks these rows, in one statement.
        pub fn remove_books<__C>(
            &self,
            conn: &mut __C,
            targets: impl __orm::Targets<Book>,
        ) -> __orm::Result<()>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::has_many::UnlinkRelated<__C>,
        {
            <AuthorBooks as __orm::has_many::UnlinkRelated<
                __C,
            >>::remove(conn, self, targets)
        }
        ///Links exactly these rows: one transaction, which writes only what changes.
        pub fn set_books<__C>(
            &self,
            conn: &mut __C,
            targets: impl __orm::Targets<Book>,
        ) -> __orm::Result<()>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::has_many::UnlinkRelated<__C>,
        {
            <AuthorBooks as __orm::has_many::UnlinkRelated<
                __C,
            >>::set(conn, self, targets)
        }
        ///Creates a row that is linked.
        pub fn create_book<__C, __B>(
            &self,
            conn: &mut __C,
            new: __B,
        ) -> __orm::Result<Book>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::CreateTarget<__C>,
            __B: __orm::Fill<AuthorBooks>,
        {
            __orm::has_many::create::<AuthorBooks, __C, _>(conn, self, new)
        }
        ///Creates rows that are linked.
        pub fn create_books<__C, __B>(
            &self,
            conn: &mut __C,
            new: impl __orm::IntoIterator<Item = __B>,
        ) -> __orm::Result<__orm::Vec<Book>>
        where
            __C: __orm::Connection,
            AuthorBooks: __orm::CreateTarget<__C>,
            __B: __orm::Fill<AuthorBooks>,
        {
            __orm::has_many::create_all::<AuthorBooks, __C, _>(conn, self, new)
        }
    }
    impl __orm::IntoNew<Author> for NewAuthor {
        fn into_new(self) -> AuthorValues {
            AuthorValues {
                id: self.id,
                name: __orm::Some(self.name),
            }
        }
    }
    impl __orm::Given for AuthorValues {
        type Model = Author;
        fn given(&self) -> __orm::ColumnSet {
            __orm::ColumnSet::given([self.id.is_some(), self.name.is_some()])
        }
    }
    impl<__DB: __orm::Backend> __orm::Columns<__DB> for Author
    where
        __orm::FieldOf<Author, 628021283683842752>: __orm::BindValue<__DB>,
        __orm::FieldOf<Author, 14176396743819860870>: __orm::BindValue<__DB>,
    {
        fn visit<__V: __orm::Visit<Self, __DB>>(
            index: usize,
            visitor: __V,
        ) -> __orm::Option<__V::Output> {
            __orm::Some(
                match index {
                    0 => visitor.field::<__orm::FieldOf<Author, 628021283683842752>>(),
                    1 => visitor.field::<__orm::FieldOf<Author, 14176396743819860870>>(),
                    _ => return __orm::None,
                },
            )
        }
    }
    #[allow(missing_docs)]
    impl<__State> AuthorBuilder<__State> {
        pub fn id(mut self, value: i32) -> Self
        where
            __State: __orm::OfNewRow,
        {
            self.0.id = __orm::Some(value);
            self
        }
        pub fn name(
            self,
            value: impl __orm::Into<String>,
        ) -> AuthorBuilder<__orm::After<__State, __orm::At<0>>>
        where
            __State: __orm::SetSlot<__orm::At<0>>,
        {
            __orm::SetField::<
                __orm::FieldOf<Author, 14176396743819860870>,
            >::set_field(self, __orm::Into::into(value))
        }
    }
    impl<__State> __orm::Building for AuthorBuilder<__State> {
        type Model = Author;
        type State = __State;
        type In<__Other> = AuthorBuilder<__Other>;
        fn of_values(values: AuthorValues) -> Self {
            Self(values, __orm::PhantomData)
        }
        fn into_values(self) -> AuthorValues {
            self.0
        }
    }
    impl<__State: __orm::Complete> __orm::IntoNew<Author> for AuthorBuilder<__State> {
        fn into_new(self) -> AuthorValues {
            self.0
        }
    }
    impl<__State> __orm::Clone for AuthorBuilder<__State> {
        fn clone(&self) -> Self {
            Self(__orm::Clone::clone(&self.0), __orm::PhantomData)
        }
    }
    impl<__State> __orm::Debug for AuthorBuilder<__State> {
        fn fmt(&self, f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            __orm::Debug::fmt(&self.0, f)
        }
    }
    impl<BooksSlot> AuthorWith<BooksSlot> {
        /// The row without its slots.
        #[must_use]
        pub fn into_model(self) -> Author {
            self.__model
        }
    }
    impl<BooksSlot> __orm::Deref for AuthorWith<BooksSlot> {
        type Target = Author;
        fn deref(&self) -> &Author {
            &self.__model
        }
    }
    impl<BooksSlot> __orm::DerefMut for AuthorWith<BooksSlot> {
        fn deref_mut(&mut self) -> &mut Author {
            &mut self.__model
        }
    }
    impl<BooksSlot: __orm::Debug> __orm::Debug for AuthorWith<BooksSlot>
    where
        for<'__a> Author: __orm::Debug,
    {
        fn fmt(&self, f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            let slots: &[(&str, &dyn __orm::Debug)] = &[
                (::core::stringify!(books), &self.books),
            ];
            __orm::debug_row(f, "AuthorWith", &self.__model, slots)
        }
    }
    impl<BooksSlot: __orm::PartialEq> __orm::PartialEq for AuthorWith<BooksSlot>
    where
        for<'__a> Author: __orm::PartialEq,
    {
        fn eq(&self, other: &Self) -> bool {
            self.__model == other.__model && self.books == other.books
        }
    }
    impl<BooksSlot: __orm::Clone> __orm::Row<Author> for AuthorWith<BooksSlot> {
        fn model(&self) -> &Author {
            &self.__model
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::Vacant<AuthorBooks> for AuthorWith<__orm::NotIncluded<AuthorBooks>> {
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
    impl __orm::Association for AuthorBooks {
        type Source = Author;
        type Target = Book;
        type Key = i32;
        type SourceField = __orm::FieldOf<Author, 628021283683842752>;
        type Shape = __orm::shape::Many;
        type Via = ();
        const NAME: &'static str = "books";
    }
    impl<__Nested: __orm::RowFor<Book>> __orm::SpecItem for AuthorBooks<__Nested> {
        type Association = AuthorBooks;
        type Row = __Nested::Row;
        type Shape = __orm::shape::Many;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::StartsFrom<Author> for AuthorBooks {
        type Then<__T> = __T;
        fn then<__T>(value: __T) -> __T {
            value
        }
    }
    impl __orm::Direct for AuthorBooks {
        type TargetField = __orm::FieldOf<Book, 3160957353358223494>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ToMany for AuthorBooks {}
};
::diesel::table! {
    #[doc = "The table of `Book`."] #[sql_name = "books"] books(id) { #[sql_name = "id"]
    id -> ::diesel::sql_types::Integer, #[sql_name = "author_id"] author_id ->
    ::diesel::sql_types::Integer, }
}
///A new [`Book`], for `Book::create`. What is an `Option` beside NULL may be left to the database.
#[allow(missing_docs, dead_code)]
#[derive(Debug, Clone)]
pub struct NewBook {
    pub id: ::core::option::Option<i32>,
    pub author_id: i32,
}
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct BookValues {
    id: ::core::option::Option<i32>,
    author_id: ::core::option::Option<i32>,
}
///Collects the columns of a new [`Book`]: `State` tells which required ones are missing.
#[must_use = "a builder does nothing until it is passed to `create` or `update`"]
pub struct BookBuilder<State = (::orm_core::Missing<books::author_id>,)>(
    BookValues,
    ::core::marker::PhantomData<fn() -> State>,
);
///Collects changes of a [`Book`], for `update`. Columns that are not set stay as they are.
#[allow(dead_code)]
pub type BookChanges = BookBuilder<::orm_core::Partial>;
///A [`Book`] with one slot per association; it derefs to the `Book`.
#[allow(missing_docs)]
#[derive(Clone)]
pub struct BookWith<AuthorSlot = ::orm_core::NotIncluded<BookAuthor>> {
    __model: Book,
    pub author: AuthorSlot,
}
///The association `author` of [`Book`].
#[derive(Debug)]
pub struct BookAuthor<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);
const _: () = {
    use ::orm_core::__private as __orm;
    impl<__M> __orm::ApartFrom<__M> for books::table
    where
        Book: __orm::InOneSchema<__M>,
    {}
    impl<__T: __orm::Table + __orm::ApartFrom<Book>> __orm::TableNotEqual<__T>
    for books::table {}
    impl __orm::Model for Book {
        type Table = books::table;
        type Columns = (books::id, books::author_id);
        type SqlType = (__orm::SqlTypeOf<books::id>, __orm::SqlTypeOf<books::author_id>);
        type Query = __orm::Select<books::table, Self::Columns>;
        type PrimaryKey = __orm::FieldOf<Book, 628021283683842752>;
        type Values = BookValues;
        type Builder = BookBuilder;
        type With = BookWith;
        type Targets = (Author, ());
        const NAME: &'static str = ::core::stringify!(Book);
        const TABLE: &'static str = "books";
        const META: __orm::ModelMeta = __orm::ModelMeta {
            name: Self::NAME,
            table: __orm::TableName::of::<Self>(),
            adopted: false,
            options: __orm::TableOptions::NONE,
            columns: &[
                __orm::ColumnMeta::new("id", __orm::ColumnKind::Integer),
                __orm::ColumnMeta::new("author_id", __orm::ColumnKind::Integer),
            ],
            primary_key: &["id"],
            generated_key: true,
            uniques: &[],
            indexes: &[],
            references: &[
                __orm::Reference::of_owner::<
                    BookAuthor,
                >(__orm::Some(__orm::Action::Cascade), __orm::None),
            ],
            junctions: &[],
        };
        fn query() -> Self::Query {
            __orm::QueryDsl::select(books::table, Self::columns())
        }
        fn columns() -> Self::Columns {
            (books::id, books::author_id)
        }
        fn into_with(self) -> Self::With {
            BookWith {
                __model: self,
                author: __orm::NotIncluded::new(),
            }
        }
    }
    impl __orm::TableOf<Book> for books::table {
        type Then<__T> = __T;
        fn then<__T>(value: __T) -> __T {
            value
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<628021283683842752> for Book {
        type Column = books::id;
        type Sql = ::diesel::sql_types::Integer;
        type Value = i32;
        type Slot = __orm::OfKey<__orm::Free>;
        const FIELD: &'static str = "id";
        fn read(&self) -> &i32 {
            &self.id
        }
        fn write(&mut self, value: i32) {
            self.id = value;
        }
        fn given(values: &BookValues) -> __orm::Option<&i32> {
            values.id.as_ref()
        }
        fn place(values: &mut BookValues) -> &mut __orm::Option<i32> {
            &mut values.id
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<3160957353358223494> for Book {
        type Column = books::author_id;
        type Sql = ::diesel::sql_types::Integer;
        type Value = i32;
        type Slot = __orm::At<0>;
        const FIELD: &'static str = "author_id";
        fn read(&self) -> &i32 {
            &self.author_id
        }
        fn write(&mut self, value: i32) {
            self.author_id = value;
        }
        fn given(values: &BookValues) -> __orm::Option<&i32> {
            values.author_id.as_ref()
        }
        fn place(values: &mut BookValues) -> &mut __orm::Option<i32> {
            &mut values.author_id
        }
    }
    impl __orm::SingleKey for Book {
        type KeyField = __orm::FieldOf<Book, 628021283683842752>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::IntoTarget<Book> for i32 {
        type Presence = __orm::Always;
        fn primary_key(&self) -> __orm::Option<i32> {
            __orm::Some(__orm::Clone::clone(self))
        }
    }
    impl<__ST, __DB: __orm::Backend> __orm::Queryable<__ST, __DB> for Book
    where
        (i32, i32): __orm::FromStaticSqlRow<__ST, __DB>,
    {
        type Row = (i32, i32);
        fn build(row: Self::Row) -> __orm::Read<Self> {
            __orm::Ok(Self {
                id: row.0,
                author_id: row.1,
            })
        }
    }
    impl<__DB: __orm::Backend> __orm::Selectable<__DB> for Book {
        type SelectExpression = <Self as __orm::Model>::Columns;
        fn construct_selection() -> Self::SelectExpression {
            <Self as __orm::Model>::columns()
        }
    }
    impl __orm::Selects<<Self as __orm::Model>::SqlType> for Book {}
    impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for Book {}
    impl<__DB: __orm::Backend> __orm::ReadColumns<__DB> for Book
    where
        __orm::FieldOf<Book, 628021283683842752>: __orm::ReadValue<__DB>,
        __orm::FieldOf<Book, 3160957353358223494>: __orm::ReadValue<__DB>,
    {
        fn read_columns<__S: __orm::Source<Self, __DB>>(
            mut source: __S,
        ) -> __orm::Read<Self> {
            __orm::Ok(Self {
                id: source.value::<__orm::FieldOf<Book, 628021283683842752>>(0)?,
                author_id: source.value::<__orm::FieldOf<Book, 3160957353358223494>>(1)?,
            })
        }
    }
    #[allow(clippy::missing_errors_doc)]
    impl Book {
        ///Includes `author`: pass it to `.include(…)`.
        pub fn author() -> __orm::Loader<BookAuthor> {
            __orm::Loader::new()
        }
        ///The row that this one belongs to.
        pub fn get_author<__C>(&self, conn: &mut __C) -> __orm::Result<Author>
        where
            __C: __orm::Connection,
            BookAuthor: __orm::belongs_to::ReadOwner<__C>,
        {
            <BookAuthor as __orm::belongs_to::ReadOwner<__C>>::get(conn, self)
        }
        ///Makes this row belong to another, here and in the database.
        pub fn set_author<__C, __T>(
            &mut self,
            conn: &mut __C,
            target: __T,
        ) -> __orm::Result<()>
        where
            __C: __orm::Connection,
            BookAuthor: __orm::belongs_to::SetOwner<__C>,
            __T: __orm::IntoTarget<Author>,
            __T::Presence: __orm::belongs_to::AcceptedBy<
                <<BookAuthor as __orm::Association>::SourceField as __orm::Field>::Value,
            >,
        {
            <BookAuthor as __orm::belongs_to::SetOwner<__C>>::set(conn, self, target)
        }
        ///Creates a row and makes this one belong to it, in one transaction.
        pub fn create_author<__C, __B>(
            &mut self,
            conn: &mut __C,
            new: __B,
        ) -> __orm::Result<Author>
        where
            __C: __orm::Connection,
            BookAuthor: __orm::belongs_to::SetOwner<__C>,
            BookAuthor: __orm::CreateTarget<__C>,
            __B: __orm::IntoNew<Author>,
        {
            <BookAuthor as __orm::belongs_to::SetOwner<__C>>::create(conn, self, new)
        }
    }
    impl __orm::IntoNew<Book> for NewBook {
        fn into_new(self) -> BookValues {
            BookValues {
                id: self.id,
                author_id: __orm::Some(self.author_id),
            }
        }
    }
    impl __orm::Given for BookValues {
        type Model = Book;
        fn given(&self) -> __orm::ColumnSet {
            __orm::ColumnSet::given([self.id.is_some(), self.author_id.is_some()])
        }
    }
    impl<__DB: __orm::Backend> __orm::Columns<__DB> for Book
    where
        __orm::FieldOf<Book, 628021283683842752>: __orm::BindValue<__DB>,
        __orm::FieldOf<Book, 3160957353358223494>: __orm::BindValue<__DB>,
    {
        fn visit<__V: __orm::Visit<Self, __DB>>(
            index: usize,
            visitor: __V,
        ) -> __orm::Option<__V::Output> {
            __orm::Some(
                match index {
                    0 => visitor.field::<__orm::FieldOf<Book, 628021283683842752>>(),
                    1 => visitor.field::<__orm::FieldOf<Book, 3160957353358223494>>(),
                    _ => return __orm::None,
                },
            )
        }
    }
    #[allow(missing_docs)]
    impl<__State> BookBuilder<__State> {
        pub fn id(mut self, value: i32) -> Self
        where
            __State: __orm::OfNewRow,
        {
            self.0.id = __orm::Some(value);
            self
        }
        pub fn author_id(
            self,
            value: i32,
        ) -> BookBuilder<__orm::After<__State, __orm::At<0>>>
        where
            __State: __orm::SetSlot<__orm::At<0>>,
        {
            __orm::SetField::<
                __orm::FieldOf<Book, 3160957353358223494>,
            >::set_field(self, value)
        }
    }
    impl<__State> __orm::Building for BookBuilder<__State> {
        type Model = Book;
        type State = __State;
        type In<__Other> = BookBuilder<__Other>;
        fn of_values(values: BookValues) -> Self {
            Self(values, __orm::PhantomData)
        }
        fn into_values(self) -> BookValues {
            self.0
        }
    }
    impl<__State: __orm::Complete> __orm::IntoNew<Book> for BookBuilder<__State> {
        fn into_new(self) -> BookValues {
            self.0
        }
    }
    impl<__State> __orm::Clone for BookBuilder<__State> {
        fn clone(&self) -> Self {
            Self(__orm::Clone::clone(&self.0), __orm::PhantomData)
        }
    }
    impl<__State> __orm::Debug for BookBuilder<__State> {
        fn fmt(&self, f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            __orm::Debug::fmt(&self.0, f)
        }
    }
    impl<AuthorSlot> BookWith<AuthorSlot> {
        /// The row without its slots.
        #[must_use]
        pub fn into_model(self) -> Book {
            self.__model
        }
    }
    impl<AuthorSlot> __orm::Deref for BookWith<AuthorSlot> {
        type Target = Book;
        fn deref(&self) -> &Book {
            &self.__model
        }
    }
    impl<AuthorSlot> __orm::DerefMut for BookWith<AuthorSlot> {
        fn deref_mut(&mut self) -> &mut Book {
            &mut self.__model
        }
    }
    impl<AuthorSlot: __orm::Debug> __orm::Debug for BookWith<AuthorSlot>
    where
        for<'__a> Book: __orm::Debug,
    {
        fn fmt(&self, f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            let slots: &[(&str, &dyn __orm::Debug)] = &[
                (::core::stringify!(author), &self.author),
            ];
            __orm::debug_row(f, "BookWith", &self.__model, slots)
        }
    }
    impl<AuthorSlot: __orm::PartialEq> __orm::PartialEq for BookWith<AuthorSlot>
    where
        for<'__a> Book: __orm::PartialEq,
    {
        fn eq(&self, other: &Self) -> bool {
            self.__model == other.__model && self.author == other.author
        }
    }
    impl<AuthorSlot: __orm::Clone> __orm::Row<Book> for BookWith<AuthorSlot> {
        fn model(&self) -> &Book {
            &self.__model
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::Vacant<BookAuthor> for BookWith<__orm::NotIncluded<BookAuthor>> {
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
    impl __orm::Association for BookAuthor {
        type Source = Book;
        type Target = Author;
        type Key = i32;
        type SourceField = __orm::FieldOf<Book, 3160957353358223494>;
        type Shape = __orm::shape::One;
        type Via = ();
        const NAME: &'static str = "author";
    }
    impl<__Nested: __orm::RowFor<Author>> __orm::SpecItem for BookAuthor<__Nested> {
        type Association = BookAuthor;
        type Row = __Nested::Row;
        type Shape = __orm::shape::One;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::StartsFrom<Book> for BookAuthor {
        type Then<__T> = __T;
        fn then<__T>(value: __T) -> __T {
            value
        }
    }
    impl __orm::Direct for BookAuthor {
        type TargetField = <Author as __orm::SingleKey>::KeyField;
    }
};
