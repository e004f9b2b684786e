::diesel::table! {
    #[doc = "The table of `Author`."] #[sql_name = "authors"] authors(id) { #[doc =
    "The column `id`."] id -> ::diesel::sql_types::Integer, #[doc = "The column `name`."]
    name -> ::diesel::sql_types::Text, }
}
///A new [`Author`], for `Author::create`. What is an `Option` beside NULL may be left to the database.
#[allow(missing_docs, dead_code)]
#[derive(Debug, Clone)]
pub struct NewAuthor {
    pub id: ::core::option::Option<i32>,
    pub name: String,
}
///Collects the columns of a new [`Author`]: `State` tells which required ones are missing, and `Nested` what is created together with it.
#[must_use = "a builder does nothing until it is passed to `create` or `update`"]
#[derive(Debug, Clone)]
pub struct AuthorBuilder<State = (::orm_core::Missing<authors::name>,), Nested = ()>(
    ::orm_core::Values<Author>,
    Nested,
    ::core::marker::PhantomData<fn() -> State>,
);
///Collects changes of a [`Author`], for `update`.
#[allow(dead_code)]
pub type AuthorChanges = AuthorBuilder<::orm_core::Partial>;
///A [`Author`] with a slot per association.
#[allow(missing_docs)]
#[derive(Clone)]
pub struct AuthorWith<BooksSlot = ::orm_core::NotIncluded<AuthorBooks>> {
    __model: Author,
    pub books: BooksSlot,
}
///The association `books` of [`Author`].
#[derive(Debug)]
pub struct AuthorBooks<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);
#[allow(clippy::missing_errors_doc, clippy::must_use_candidate)]
impl Author {
    ///Includes `books`: pass it to `.include(…)`.
    pub fn books() -> ::orm_core::Loader<AuthorBooks> {
        ::orm_core::Loader::new()
    }
    ///The Diesel query behind `get_books`.
    pub fn query_books(&self) -> ::orm_core::__::Related<AuthorBooks> {
        ::orm_core::__::related::<AuthorBooks>(self)
    }
    ///All rows that are linked.
    pub fn get_books<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
    ) -> ::orm_core::Result<::std::vec::Vec<Book>>
    where
        AuthorBooks: ::orm_core::__::ReadRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__::ReadRelated<__C>>::get(conn, self)
    }
    ///How many rows are linked.
    pub fn count_books<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
    ) -> ::orm_core::Result<i64>
    where
        AuthorBooks: ::orm_core::__::ReadRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__::ReadRelated<__C>>::count(conn, self)
    }
    ///Whether this row is linked.
    pub fn has_book<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::__::OneTarget<Book>,
    ) -> ::orm_core::Result<bool>
    where
        AuthorBooks: ::orm_core::__::LinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__::LinkRelated<__C>>::has(conn, self, [target])
    }
    ///Whether all of these are linked.
    pub fn has_books<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Book>,
    ) -> ::orm_core::Result<bool>
    where
        AuthorBooks: ::orm_core::__::LinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__::LinkRelated<__C>>::has(conn, self, targets)
    }
    ///Links this row.
    pub fn add_book<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::__::OneTarget<Book>,
    ) -> ::orm_core::Result<()>
    where
        AuthorBooks: ::orm_core::__::LinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__::LinkRelated<__C>>::add(conn, self, [target])
    }
    ///Links these rows, in one statement.
    pub fn add_books<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Book>,
    ) -> ::orm_core::Result<()>
    where
        AuthorBooks: ::orm_core::__::LinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__::LinkRelated<__C>>::add(conn, self, targets)
    }
    ///Unlinks this row.
    pub fn remove_book<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::__::OneTarget<Book>,
    ) -> ::orm_core::Result<()>
    where
        AuthorBooks: ::orm_core::__::UnlinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__::UnlinkRelated<__C>>::remove(conn, self, [target])
    }
    ///Unlinks these rows, in one statement.
    pub fn remove_books<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Book>,
    ) -> ::orm_core::Result<()>
    where
        AuthorBooks: ::orm_core::__::UnlinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__::UnlinkRelated<__C>>::remove(conn, self, targets)
    }
    ///Links exactly these rows, in one transaction.
    pub fn set_books<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Book>,
    ) -> ::orm_core::Result<()>
    where
        AuthorBooks: ::orm_core::__::UnlinkRelated<__C>,
    {
        <AuthorBooks as ::orm_core::__::UnlinkRelated<__C>>::set(conn, self, targets)
    }
    ///Creates a row that is linked.
    pub fn create_book<__C: ::orm_core::Connection, __B>(
        &self,
        conn: &mut __C,
        new: __B,
    ) -> ::orm_core::Result<Book>
    where
        AuthorBooks: ::orm_core::__::CreateTarget<__C>,
        __B: ::orm_core::__::Fill<AuthorBooks>,
    {
        ::orm_core::__::has_many::create::<AuthorBooks, __C, _>(conn, self, new)
    }
    ///Creates rows that are linked.
    pub fn create_books<__C: ::orm_core::Connection, __B>(
        &self,
        conn: &mut __C,
        new: impl ::core::iter::IntoIterator<Item = __B>,
    ) -> ::orm_core::Result<::std::vec::Vec<Book>>
    where
        AuthorBooks: ::orm_core::__::CreateTarget<__C>,
        __B: ::orm_core::__::Fill<AuthorBooks>,
    {
        ::orm_core::__::has_many::create_all::<AuthorBooks, __C, _>(conn, self, new)
    }
}
const _: () = {
    use ::orm_core::__::{self as __orm, SqlTypeOf as __S};
    type __F<const HASH: u64> = __orm::FieldOf<Author, HASH>;
    impl<__M> __orm::ApartFrom<__M> for authors::table
    where
        Author: __orm::InOneSchema<__M>,
    {}
    impl<__T: __orm::Table + __orm::ApartFrom<Author>> __orm::TableNotEqual<__T>
    for authors::table {}
    #[diagnostic::do_not_recommend]
    impl __orm::Model for Author {
        type Table = authors::table;
        type Columns = (authors::id, authors::name);
        type SqlType = (__S<authors::id>, __S<authors::name>);
        type Query = __orm::Select<authors::table, Self::Columns>;
        type PrimaryKey = __F<628021283683842752>;
        type Fields = (__F<628021283683842752>, __F<14176396743819860870>);
        type Builder = AuthorBuilder;
        type With = AuthorWith;
        type Targets = (Book, ());
        type Hooks = __orm::NoHooks;
        const NAME: &'static str = ::core::stringify!(Author);
        const TABLE: &'static str = "authors";
        const META: __orm::ModelMeta = __orm::ModelMeta {
            columns: &[
                __orm::column("id", __orm::Kind::Integer),
                __orm::column("name", __orm::Kind::Text),
            ],
            primary_key: &["id"],
            generated_key: true,
            references: &[
                __orm::Reference::of_owned::<AuthorBooks>(__orm::None, __orm::None),
            ],
            ..__orm::ModelMeta::of::<Self>()
        };
        fn query() -> Self::Query {
            __orm::QueryDsl::select(authors::table, Self::columns())
        }
        fn columns() -> Self::Columns {
            (authors::id, authors::name)
        }
        #[inline]
        fn of_row(__row: <Self::Fields as __orm::FieldList>::Row) -> Self {
            Self { id: __row.0, name: __row.1 }
        }
        fn into_with(self) -> Self::With {
            AuthorWith {
                __model: self,
                books: __orm::empty(),
            }
        }
    }
    impl __orm::TableOf<Author> for authors::table {
        type Then<__T> = __T;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<628021283683842752> for Author {
        type Column = authors::id;
        type Sql = ::diesel::sql_types::Integer;
        type Value = i32;
        type Place = __orm::At<0>;
        type Slot = __orm::OfKey<__orm::Free>;
        const FIELD: &'static str = "id";
        fn read(&self) -> &i32 {
            &self.id
        }
        fn write(&mut self, __value: i32) {
            self.id = __value;
        }
    }
    impl __orm::ColumnsOf<Author> for authors::id {
        type Fields = __F<628021283683842752>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<14176396743819860870> for Author {
        type Column = authors::name;
        type Sql = ::diesel::sql_types::Text;
        type Value = String;
        type Place = __orm::At<1>;
        type Slot = __orm::At<0>;
        const FIELD: &'static str = "name";
        fn read(&self) -> &String {
            &self.name
        }
        fn write(&mut self, __value: String) {
            self.name = __value;
        }
    }
    impl __orm::ColumnsOf<Author> for authors::name {
        type Fields = __F<14176396743819860870>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::SingleKey for Author {
        type KeyField = __F<628021283683842752>;
    }
    impl __orm::UniqueKey<Author> for authors::id {}
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
        fn build(__row: Self::Row) -> __orm::Read<Self> {
            __orm::Ok(<Self as __orm::Model>::of_row(__row))
        }
    }
    impl<__DB: __orm::Backend> __orm::Selectable<__DB> for Author {
        type SelectExpression = <Self as __orm::Model>::Columns;
        fn construct_selection() -> Self::SelectExpression {
            <Self as __orm::Model>::columns()
        }
    }
    impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for Author {}
    impl __orm::Selects<<Self as __orm::Model>::SqlType> for Author {}
    impl __orm::Building for NewAuthor {
        type Model = Author;
        type State = __orm::Whole;
        type Nested = ();
        type In<__State, __Nested> = AuthorBuilder<__State, __Nested>;
        fn into_parts(self) -> (__orm::Values<Author>, ()) {
            (__orm::values((self.id, __orm::Some(self.name))), ())
        }
    }
    #[allow(missing_docs)]
    impl<__State, __Nested> AuthorBuilder<__State, __Nested> {
        pub fn id(self, __value: i32) -> Self
        where
            __State: __orm::OfNewRow,
        {
            __orm::set::<__F<628021283683842752>, _>(self, __value)
        }
        pub fn name(
            self,
            __value: impl __orm::Into<String>,
        ) -> AuthorBuilder<__State::After, __Nested>
        where
            __State: __orm::SetSlot<__orm::At<0>>,
        {
            __orm::set::<__F<14176396743819860870>, _>(self, __orm::Into::into(__value))
        }
        ///New rows of `books`, created together with this one.
        pub fn with_books<__Rest, __B: __orm::NewChild<AuthorBooks>>(
            self,
            new: impl __orm::NewRows<__B>,
        ) -> AuthorBuilder<__State, (__Rest, __orm::Children<AuthorBooks, __B::Nested>)>
        where
            __Nested: __orm::Lacks<AuthorBooks, Rest = __Rest>,
        {
            AuthorBuilder(
                self.0,
                (__orm::Lacks::rest(self.1), __orm::Children::of(new)),
                __orm::PhantomData,
            )
        }
    }
    impl<__State, __Nested> __orm::Building for AuthorBuilder<__State, __Nested> {
        type Model = Author;
        type State = __State;
        type Nested = __Nested;
        type In<__Other, __Others> = AuthorBuilder<__Other, __Others>;
        fn into_parts(self) -> (__orm::Values<Author>, __Nested) {
            (self.0, self.1)
        }
    }
    impl<__State, __Nested> __orm::FromValues for AuthorBuilder<__State, __Nested> {
        fn of_parts(__values: __orm::Values<Author>, __nested: __Nested) -> Self {
            Self(__values, __nested, __orm::PhantomData)
        }
    }
    impl<BooksSlot> AuthorWith<BooksSlot> {
        /// The row without its slots.
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
        fn fmt(&self, __f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            __orm::debug_row(
                __f,
                "AuthorWith",
                &self.__model,
                &[(::core::stringify!(books), &self.books)],
            )
        }
    }
    impl<BooksSlot: __orm::PartialEq> __orm::PartialEq for AuthorWith<BooksSlot>
    where
        for<'__a> Author: __orm::PartialEq,
    {
        fn eq(&self, __other: &Self) -> bool {
            self.__model == __other.__model && self.books == __other.books
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
        fn fill<__Slot>(self, __slot: __Slot) -> Self::Filled<__Slot> {
            AuthorWith {
                __model: self.__model,
                books: __slot,
            }
        }
    }
    impl<BooksSlot: __orm::SerializeSlot> __orm::Serialize for AuthorWith<BooksSlot>
    where
        for<'__a> Author: __orm::SerializeModel,
    {
        fn serialize<__S: __orm::Serializer>(
            &self,
            __serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error> {
            let mut __row = __orm::SerializeRow::new(
                __serializer,
                &self.__model,
                const { &[("books", BooksSlot::INCLUDED)] },
            )?;
            __row.slot("books", &self.books)?;
            __row.end()
        }
    }
    impl __orm::Association for AuthorBooks {
        type Source = Author;
        type Target = __orm::Itself<Book>;
        type Key = i32;
        type SourceField = __F<628021283683842752>;
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
    }
    impl __orm::Direct for AuthorBooks {
        type TargetField = __orm::FieldOf<__orm::Itself<Book>, 3160957353358223494>;
    }
};
::diesel::table! {
    #[doc = "The table of `Book`."] #[sql_name = "books"] books(id) { #[doc =
    "The column `id`."] id -> ::diesel::sql_types::Integer, #[doc =
    "The column `author_id`."] author_id -> ::diesel::sql_types::Integer, }
}
///A new [`Book`], for `Book::create`. What is an `Option` beside NULL may be left to the database.
#[allow(missing_docs, dead_code)]
#[derive(Debug, Clone)]
pub struct NewBook {
    pub id: ::core::option::Option<i32>,
    pub author_id: i32,
}
///Collects the columns of a new [`Book`]: `State` tells which required ones are missing, and `Nested` what is created together with it.
#[must_use = "a builder does nothing until it is passed to `create` or `update`"]
#[derive(Debug, Clone)]
pub struct BookBuilder<State = (::orm_core::Missing<books::author_id>,), Nested = ()>(
    ::orm_core::Values<Book>,
    Nested,
    ::core::marker::PhantomData<fn() -> State>,
);
///Collects changes of a [`Book`], for `update`.
#[allow(dead_code)]
pub type BookChanges = BookBuilder<::orm_core::Partial>;
///A [`Book`] with a slot per association.
#[allow(missing_docs)]
#[derive(Clone)]
pub struct BookWith<AuthorSlot = ::orm_core::NotIncluded<BookAuthor>> {
    __model: Book,
    pub author: AuthorSlot,
}
///The association `author` of [`Book`].
#[derive(Debug)]
pub struct BookAuthor<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);
#[allow(clippy::missing_errors_doc, clippy::must_use_candidate)]
impl Book {
    ///Includes `author`: pass it to `.include(…)`.
    pub fn author() -> ::orm_core::Loader<BookAuthor> {
        ::orm_core::Loader::new()
    }
    ///The row that this one belongs to.
    pub fn get_author<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
    ) -> ::orm_core::Result<Author>
    where
        BookAuthor: ::orm_core::__::ReadOwner<__C>,
    {
        <BookAuthor as ::orm_core::__::ReadOwner<__C>>::get(conn, self)
    }
    ///Makes this row belong to another, here and in the database.
    pub fn set_author<__C: ::orm_core::Connection, __T>(
        &mut self,
        conn: &mut __C,
        target: __T,
    ) -> ::orm_core::Result<()>
    where
        BookAuthor: ::orm_core::__::SetOwner<__C>,
        __T: ::orm_core::IntoTarget<Author>,
        __T::Presence: ::orm_core::__::AcceptedBy<
            <<BookAuthor as ::orm_core::__::Association>::SourceField as ::orm_core::__::Field>::Value,
        >,
    {
        <BookAuthor as ::orm_core::__::SetOwner<__C>>::set(conn, self, target)
    }
    ///Creates a row and makes this one belong to it, in one transaction.
    pub fn create_author<__C: ::orm_core::Connection, __B>(
        &mut self,
        conn: &mut __C,
        new: __B,
    ) -> ::orm_core::Result<Author>
    where
        BookAuthor: ::orm_core::__::SetOwner<__C> + ::orm_core::__::CreateTarget<__C>,
        __B: ::orm_core::IntoNew<Author, Nested: ::orm_core::__::Alone>,
    {
        <BookAuthor as ::orm_core::__::SetOwner<__C>>::create(conn, self, new)
    }
}
const _: () = {
    use ::orm_core::__::{self as __orm, SqlTypeOf as __S};
    type __F<const HASH: u64> = __orm::FieldOf<Book, HASH>;
    impl<__M> __orm::ApartFrom<__M> for books::table
    where
        Book: __orm::InOneSchema<__M>,
    {}
    impl<__T: __orm::Table + __orm::ApartFrom<Book>> __orm::TableNotEqual<__T>
    for books::table {}
    #[diagnostic::do_not_recommend]
    impl __orm::Model for Book {
        type Table = books::table;
        type Columns = (books::id, books::author_id);
        type SqlType = (__S<books::id>, __S<books::author_id>);
        type Query = __orm::Select<books::table, Self::Columns>;
        type PrimaryKey = __F<628021283683842752>;
        type Fields = (__F<628021283683842752>, __F<3160957353358223494>);
        type Builder = BookBuilder;
        type With = BookWith;
        type Targets = (Author, ());
        type Hooks = __orm::NoHooks;
        const NAME: &'static str = ::core::stringify!(Book);
        const TABLE: &'static str = "books";
        const META: __orm::ModelMeta = __orm::ModelMeta {
            columns: &[
                __orm::column("id", __orm::Kind::Integer),
                __orm::column("author_id", __orm::Kind::Integer),
            ],
            primary_key: &["id"],
            generated_key: true,
            references: &[
                __orm::Reference::of_owner::<
                    BookAuthor,
                >(__orm::Some(__orm::Action::Cascade), __orm::None),
            ],
            ..__orm::ModelMeta::of::<Self>()
        };
        fn query() -> Self::Query {
            __orm::QueryDsl::select(books::table, Self::columns())
        }
        fn columns() -> Self::Columns {
            (books::id, books::author_id)
        }
        #[inline]
        fn of_row(__row: <Self::Fields as __orm::FieldList>::Row) -> Self {
            Self {
                id: __row.0,
                author_id: __row.1,
            }
        }
        fn into_with(self) -> Self::With {
            BookWith {
                __model: self,
                author: __orm::empty(),
            }
        }
    }
    impl __orm::TableOf<Book> for books::table {
        type Then<__T> = __T;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<628021283683842752> for Book {
        type Column = books::id;
        type Sql = ::diesel::sql_types::Integer;
        type Value = i32;
        type Place = __orm::At<0>;
        type Slot = __orm::OfKey<__orm::Free>;
        const FIELD: &'static str = "id";
        fn read(&self) -> &i32 {
            &self.id
        }
        fn write(&mut self, __value: i32) {
            self.id = __value;
        }
    }
    impl __orm::ColumnsOf<Book> for books::id {
        type Fields = __F<628021283683842752>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<3160957353358223494> for Book {
        type Column = books::author_id;
        type Sql = ::diesel::sql_types::Integer;
        type Value = i32;
        type Place = __orm::At<1>;
        type Slot = __orm::At<0>;
        const FIELD: &'static str = "author_id";
        fn read(&self) -> &i32 {
            &self.author_id
        }
        fn write(&mut self, __value: i32) {
            self.author_id = __value;
        }
    }
    impl __orm::ColumnsOf<Book> for books::author_id {
        type Fields = __F<3160957353358223494>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::SingleKey for Book {
        type KeyField = __F<628021283683842752>;
    }
    impl __orm::UniqueKey<Book> for books::id {}
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
        fn build(__row: Self::Row) -> __orm::Read<Self> {
            __orm::Ok(<Self as __orm::Model>::of_row(__row))
        }
    }
    impl<__DB: __orm::Backend> __orm::Selectable<__DB> for Book {
        type SelectExpression = <Self as __orm::Model>::Columns;
        fn construct_selection() -> Self::SelectExpression {
            <Self as __orm::Model>::columns()
        }
    }
    impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for Book {}
    impl __orm::Selects<<Self as __orm::Model>::SqlType> for Book {}
    impl __orm::Building for NewBook {
        type Model = Book;
        type State = __orm::Whole;
        type Nested = ();
        type In<__State, __Nested> = BookBuilder<__State, __Nested>;
        fn into_parts(self) -> (__orm::Values<Book>, ()) {
            (__orm::values((self.id, __orm::Some(self.author_id))), ())
        }
    }
    #[allow(missing_docs)]
    impl<__State, __Nested> BookBuilder<__State, __Nested> {
        pub fn id(self, __value: i32) -> Self
        where
            __State: __orm::OfNewRow,
        {
            __orm::set::<__F<628021283683842752>, _>(self, __value)
        }
        pub fn author_id(self, __value: i32) -> BookBuilder<__State::After, __Nested>
        where
            __State: __orm::SetSlot<__orm::At<0>>,
        {
            __orm::set::<__F<3160957353358223494>, _>(self, __value)
        }
        ///New rows of `author`, created together with this one.
        pub fn with_author<__After, __Rest, __B: __orm::IntoNew<Author>>(
            self,
            new: __B,
        ) -> BookBuilder<__After, (__Rest, __orm::Owner<BookAuthor, __B::Nested>)>
        where
            __Nested: __orm::Lacks<BookAuthor, Rest = __Rest>,
            __State: __orm::TakeKey<__orm::At<0>, After = __After>,
        {
            BookBuilder(
                self.0,
                (__orm::Lacks::rest(self.1), __orm::Owner::of(new)),
                __orm::PhantomData,
            )
        }
    }
    impl<__State, __Nested> __orm::Building for BookBuilder<__State, __Nested> {
        type Model = Book;
        type State = __State;
        type Nested = __Nested;
        type In<__Other, __Others> = BookBuilder<__Other, __Others>;
        fn into_parts(self) -> (__orm::Values<Book>, __Nested) {
            (self.0, self.1)
        }
    }
    impl<__State, __Nested> __orm::FromValues for BookBuilder<__State, __Nested> {
        fn of_parts(__values: __orm::Values<Book>, __nested: __Nested) -> Self {
            Self(__values, __nested, __orm::PhantomData)
        }
    }
    impl<AuthorSlot> BookWith<AuthorSlot> {
        /// The row without its slots.
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
        fn fmt(&self, __f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            __orm::debug_row(
                __f,
                "BookWith",
                &self.__model,
                &[(::core::stringify!(author), &self.author)],
            )
        }
    }
    impl<AuthorSlot: __orm::PartialEq> __orm::PartialEq for BookWith<AuthorSlot>
    where
        for<'__a> Book: __orm::PartialEq,
    {
        fn eq(&self, __other: &Self) -> bool {
            self.__model == __other.__model && self.author == __other.author
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
        fn fill<__Slot>(self, __slot: __Slot) -> Self::Filled<__Slot> {
            BookWith {
                __model: self.__model,
                author: __slot,
            }
        }
    }
    impl<AuthorSlot: __orm::SerializeSlot> __orm::Serialize for BookWith<AuthorSlot>
    where
        for<'__a> Book: __orm::SerializeModel,
    {
        fn serialize<__S: __orm::Serializer>(
            &self,
            __serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error> {
            let mut __row = __orm::SerializeRow::new(
                __serializer,
                &self.__model,
                const { &[("author", AuthorSlot::INCLUDED)] },
            )?;
            __row.slot("author", &self.author)?;
            __row.end()
        }
    }
    impl __orm::Association for BookAuthor {
        type Source = Book;
        type Target = __orm::Itself<Author>;
        type Key = i32;
        type SourceField = __F<3160957353358223494>;
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
    }
    impl __orm::Direct for BookAuthor {
        type TargetField = <__orm::Itself<Author> as __orm::SingleKey>::KeyField;
    }
};
