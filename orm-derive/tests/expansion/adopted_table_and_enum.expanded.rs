impl Status {
    /// The text that is stored.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Published => "live",
        }
    }
}
#[automatically_derived]
impl ::orm_core::ModelEnum for Status {
    const NAME: &'static str = ::core::stringify!(Status);
    const VALUES: &'static [&'static str] = &["draft", "in-review", "live"];
    const DEFAULT: ::core::option::Option<&'static str> = ::core::option::Option::Some(
        "draft",
    );
    fn as_str(&self) -> &'static str {
        Status::as_str(self)
    }
    fn from_text(
        text: &str,
    ) -> ::core::result::Result<Self, ::orm_core::__::UnknownVariant> {
        match text {
            "draft" => ::core::result::Result::Ok(Self::Draft),
            "in-review" => ::core::result::Result::Ok(Self::InReview),
            "live" => ::core::result::Result::Ok(Self::Published),
            other => {
                ::core::result::Result::Err(
                    ::orm_core::__::UnknownVariant::of::<Self>(other),
                )
            }
        }
    }
}
#[automatically_derived]
impl<__DB> ::diesel::serialize::ToSql<::diesel::sql_types::Text, __DB> for Status
where
    __DB: ::diesel::backend::Backend,
    str: ::diesel::serialize::ToSql<::diesel::sql_types::Text, __DB>,
{
    fn to_sql<'__b>(
        &'__b self,
        out: &mut ::diesel::serialize::Output<'__b, '_, __DB>,
    ) -> ::diesel::serialize::Result {
        <str as ::diesel::serialize::ToSql<
            ::diesel::sql_types::Text,
            __DB,
        >>::to_sql(Status::as_str(self), out)
    }
}
#[automatically_derived]
impl<__DB> ::diesel::deserialize::FromSql<::diesel::sql_types::Text, __DB> for Status
where
    __DB: ::diesel::backend::Backend,
    ::std::string::String: ::diesel::deserialize::FromSql<
        ::diesel::sql_types::Text,
        __DB,
    >,
{
    fn from_sql(value: __DB::RawValue<'_>) -> ::diesel::deserialize::Result<Self> {
        let text = <::std::string::String as ::diesel::deserialize::FromSql<
            ::diesel::sql_types::Text,
            __DB,
        >>::from_sql(value)?;
        ::core::result::Result::Ok(<Self as ::orm_core::ModelEnum>::from_text(&text)?)
    }
}
#[automatically_derived]
impl<__DB, __ST> ::diesel::deserialize::Queryable<__ST, __DB> for Status
where
    __DB: ::diesel::backend::Backend,
    __ST: ::diesel::sql_types::SingleValue,
    Self: ::diesel::deserialize::FromSql<__ST, __DB>,
{
    type Row = Self;
    fn build(row: Self) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(row)
    }
}
#[automatically_derived]
impl<'__e> ::diesel::expression::AsExpression<::diesel::sql_types::Text> for Status {
    type Expression = ::diesel::internal::derives::as_expression::Bound<
        ::diesel::sql_types::Text,
        Self,
    >;
    fn as_expression(self) -> Self::Expression {
        ::diesel::internal::derives::as_expression::Bound::new(self)
    }
}
#[automatically_derived]
impl<
    '__e,
> ::diesel::expression::AsExpression<
    ::diesel::sql_types::Nullable<::diesel::sql_types::Text>,
> for Status {
    type Expression = ::diesel::internal::derives::as_expression::Bound<
        ::diesel::sql_types::Nullable<::diesel::sql_types::Text>,
        Self,
    >;
    fn as_expression(self) -> Self::Expression {
        ::diesel::internal::derives::as_expression::Bound::new(self)
    }
}
#[automatically_derived]
impl<'__e> ::diesel::expression::AsExpression<::diesel::sql_types::Text>
for &'__e Status {
    type Expression = ::diesel::internal::derives::as_expression::Bound<
        ::diesel::sql_types::Text,
        Self,
    >;
    fn as_expression(self) -> Self::Expression {
        ::diesel::internal::derives::as_expression::Bound::new(self)
    }
}
#[automatically_derived]
impl<
    '__e,
> ::diesel::expression::AsExpression<
    ::diesel::sql_types::Nullable<::diesel::sql_types::Text>,
> for &'__e Status {
    type Expression = ::diesel::internal::derives::as_expression::Bound<
        ::diesel::sql_types::Nullable<::diesel::sql_types::Text>,
        Self,
    >;
    fn as_expression(self) -> Self::Expression {
        ::diesel::internal::derives::as_expression::Bound::new(self)
    }
}
#[automatically_derived]
impl<
    __DB,
> ::diesel::serialize::ToSql<
    ::diesel::sql_types::Nullable<::diesel::sql_types::Text>,
    __DB,
> for Status
where
    __DB: ::diesel::backend::Backend,
    Self: ::diesel::serialize::ToSql<::diesel::sql_types::Text, __DB>,
{
    fn to_sql<'__b>(
        &'__b self,
        out: &mut ::diesel::serialize::Output<'__b, '_, __DB>,
    ) -> ::diesel::serialize::Result {
        <Self as ::diesel::serialize::ToSql<
            ::diesel::sql_types::Text,
            __DB,
        >>::to_sql(self, out)
    }
}
///A new [`Article`], for `Article::create`. What is an `Option` beside NULL may be left to the database.
#[allow(missing_docs, dead_code)]
#[derive(Debug, Clone)]
pub struct NewArticle {
    pub id: ::core::option::Option<i32>,
    pub status: ::core::option::Option<Status>,
}
///Collects the columns of a new [`Article`]: `State` tells which required ones are missing, and `Nested` what is created together with it.
#[must_use = "a builder does nothing until it is passed to `create` or `update`"]
#[derive(Debug, Clone)]
pub struct ArticleBuilder<State = (), Nested = ()>(
    ::orm_core::Values<Article>,
    Nested,
    ::core::marker::PhantomData<fn() -> State>,
);
///Collects changes of a [`Article`], for `update`.
#[allow(dead_code)]
pub type ArticleChanges = ArticleBuilder<::orm_core::Partial>;
///A [`Article`] with a slot per association.
#[allow(missing_docs)]
#[derive(Clone)]
pub struct ArticleWith {
    __model: Article,
}
const _: () = {
    use ::orm_core::__::{self as __orm, SqlTypeOf as __S};
    type __F<const HASH: u64> = __orm::FieldOf<Article, HASH>;
    const _: () = __orm::check_key::<
        Article,
        <crate::schema::articles::table as __orm::Table>::PrimaryKey,
        __orm::KeyOfTable<
            {
                __orm::is_key::<
                    <crate::schema::articles::table as __orm::Table>::PrimaryKey,
                    _,
                >(&[<crate::schema::articles::id as __orm::Column>::NAME])
            },
        >,
    >();
    #[diagnostic::do_not_recommend]
    impl __orm::Model for Article {
        type Table = crate::schema::articles::table;
        type Columns = (crate::schema::articles::id, crate::schema::articles::status);
        type SqlType = (
            __S<crate::schema::articles::id>,
            __S<crate::schema::articles::status>,
        );
        type Query = __orm::Select<crate::schema::articles::table, Self::Columns>;
        type PrimaryKey = __F<628021283683842752>;
        type Fields = (__F<628021283683842752>, __F<14183358520170196015>);
        type Builder = ArticleBuilder;
        type With = ArticleWith;
        type Targets = ();
        type Hooks = __orm::NoHooks;
        const NAME: &'static str = ::core::stringify!(Article);
        const TABLE: &'static str = {
            use __orm::Unknown as _;
            match __orm::Known::<crate::schema::articles::table>::TABLE {
                __orm::Some(name) => name,
                __orm::None => "articles",
            }
        };
        const META: __orm::ModelMeta = __orm::ModelMeta {
            adopted: true,
            columns: &[
                __orm::column(
                    <crate::schema::articles::id as __orm::Column>::NAME,
                    __orm::Kind::Integer,
                ),
                __orm::ColumnMeta {
                    default: __orm::Some(__orm::DefaultValue::Unstated("")),
                    values: {
                        use ::orm_core::__::NoTexts as _;
                        __orm::TextsOf::<Status>::TEXTS
                    },
                    own_type: {
                        use ::orm_core::__::NoTexts as _;
                        __orm::TextsOf::<Status>::TEXTS
                    }
                        .is_empty(),
                    ..__orm::column(
                        <crate::schema::articles::status as __orm::Column>::NAME,
                        {
                            use __orm::Unknown as _;
                            __orm::Known::<
                                <__S<
                                    crate::schema::articles::status,
                                > as __orm::IntoNotNullable>::NotNullable,
                            >::KIND
                        },
                    )
                },
            ],
            primary_key: &[<crate::schema::articles::id as __orm::Column>::NAME],
            generated_key: true,
            ..__orm::ModelMeta::of::<Self>()
        };
        fn query() -> Self::Query {
            __orm::QueryDsl::select(crate::schema::articles::table, Self::columns())
        }
        fn columns() -> Self::Columns {
            (
                <crate::schema::articles::id>::default(),
                <crate::schema::articles::status>::default(),
            )
        }
        #[inline]
        fn of_row(__row: <Self::Fields as __orm::FieldList>::Row) -> Self {
            Self {
                id: __row.0,
                status: __row.1,
            }
        }
        fn into_with(self) -> Self::With {
            ArticleWith { __model: self }
        }
    }
    impl __orm::TableOf<Article> for crate::schema::articles::table {
        type Then<__T> = __T;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<628021283683842752> for Article {
        type Column = crate::schema::articles::id;
        type Sql = <__S<
            crate::schema::articles::id,
        > as __orm::IntoNotNullable>::NotNullable;
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
    impl __orm::ColumnsOf<Article> for crate::schema::articles::id {
        type Fields = __F<628021283683842752>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<14183358520170196015> for Article {
        type Column = crate::schema::articles::status;
        type Sql = <__S<
            crate::schema::articles::status,
        > as __orm::IntoNotNullable>::NotNullable;
        type Value = Status;
        type Place = __orm::At<1>;
        type Slot = __orm::Free;
        const FIELD: &'static str = "status";
        fn read(&self) -> &Status {
            &self.status
        }
        fn write(&mut self, __value: Status) {
            self.status = __value;
        }
    }
    impl __orm::ColumnsOf<Article> for crate::schema::articles::status {
        type Fields = __F<14183358520170196015>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::SingleKey for Article {
        type KeyField = __F<628021283683842752>;
    }
    impl __orm::UniqueKey<Article> for crate::schema::articles::id {}
    #[diagnostic::do_not_recommend]
    impl __orm::IntoTarget<Article> for i32 {
        type Presence = __orm::Always;
        fn primary_key(&self) -> __orm::Option<i32> {
            __orm::Some(__orm::Clone::clone(self))
        }
    }
    impl<__ST, __DB: __orm::Backend> __orm::Queryable<__ST, __DB> for Article
    where
        (i32, Status): __orm::FromStaticSqlRow<__ST, __DB>,
    {
        type Row = (i32, Status);
        fn build(__row: Self::Row) -> __orm::Read<Self> {
            __orm::Ok(<Self as __orm::Model>::of_row(__row))
        }
    }
    impl<__DB: __orm::Backend> __orm::Selectable<__DB> for Article {
        type SelectExpression = <Self as __orm::Model>::Columns;
        fn construct_selection() -> Self::SelectExpression {
            <Self as __orm::Model>::columns()
        }
    }
    impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for Article {}
    impl __orm::Selects<<Self as __orm::Model>::SqlType> for Article {}
    impl __orm::Building for NewArticle {
        type Model = Article;
        type State = __orm::Whole;
        type Nested = ();
        type In<__State, __Nested> = ArticleBuilder<__State, __Nested>;
        fn into_parts(self) -> (__orm::Values<Article>, ()) {
            (__orm::values((self.id, self.status)), ())
        }
    }
    #[allow(missing_docs)]
    impl<__State, __Nested> ArticleBuilder<__State, __Nested> {
        pub fn id(self, __value: i32) -> Self
        where
            __State: __orm::OfNewRow,
        {
            __orm::set::<__F<628021283683842752>, _>(self, __value)
        }
        pub fn status(self, __value: Status) -> Self {
            __orm::set::<__F<14183358520170196015>, _>(self, __value)
        }
    }
    impl<__State, __Nested> __orm::Building for ArticleBuilder<__State, __Nested> {
        type Model = Article;
        type State = __State;
        type Nested = __Nested;
        type In<__Other, __Others> = ArticleBuilder<__Other, __Others>;
        fn into_parts(self) -> (__orm::Values<Article>, __Nested) {
            (self.0, self.1)
        }
    }
    impl<__State, __Nested> __orm::FromValues for ArticleBuilder<__State, __Nested> {
        fn of_parts(__values: __orm::Values<Article>, __nested: __Nested) -> Self {
            Self(__values, __nested, __orm::PhantomData)
        }
    }
    impl ArticleWith {
        /// The row without its slots.
        pub fn into_model(self) -> Article {
            self.__model
        }
    }
    impl __orm::Deref for ArticleWith {
        type Target = Article;
        fn deref(&self) -> &Article {
            &self.__model
        }
    }
    impl __orm::DerefMut for ArticleWith {
        fn deref_mut(&mut self) -> &mut Article {
            &mut self.__model
        }
    }
    impl __orm::Debug for ArticleWith
    where
        for<'__a> Article: __orm::Debug,
    {
        fn fmt(&self, __f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            __orm::debug_row(__f, "ArticleWith", &self.__model, &[])
        }
    }
    impl __orm::PartialEq for ArticleWith
    where
        for<'__a> Article: __orm::PartialEq,
    {
        fn eq(&self, __other: &Self) -> bool {
            self.__model == __other.__model
        }
    }
    impl __orm::Row<Article> for ArticleWith {
        fn model(&self) -> &Article {
            &self.__model
        }
    }
};
