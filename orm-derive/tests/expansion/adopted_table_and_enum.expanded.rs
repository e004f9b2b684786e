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
    ) -> ::core::result::Result<Self, ::orm_core::__private::UnknownVariant> {
        match text {
            "draft" => ::core::result::Result::Ok(Self::Draft),
            "in-review" => ::core::result::Result::Ok(Self::InReview),
            "live" => ::core::result::Result::Ok(Self::Published),
            other => {
                ::core::result::Result::Err(
                    ::orm_core::__private::UnknownVariant::of::<Self>(other),
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
#[automatically_derived]
impl ::orm_core::Model for Article {
    type Table = crate::schema::articles::table;
    type Columns = (crate::schema::articles::id, crate::schema::articles::status);
    type SqlType = (
        ::diesel::dsl::SqlTypeOf<crate::schema::articles::id>,
        ::diesel::dsl::SqlTypeOf<crate::schema::articles::status>,
    );
    type Query = ::diesel::dsl::Select<
        crate::schema::articles::table,
        (crate::schema::articles::id, crate::schema::articles::status),
    >;
    type PrimaryKey = ::orm_core::__private::FieldOf<Article, 628021283683842752u64>;
    type New = NewArticle;
    type Builder = ArticleBuilder;
    type Changes = ArticleChanges;
    type With = ArticleWith;
    type Targets = ();
    const NAME: &'static str = ::core::stringify!(Article);
    const TABLE: &'static str = "articles";
    const META: ::orm_core::__private::ModelMeta = ::orm_core::__private::ModelMeta {
        name: Self::NAME,
        table: ::orm_core::__private::TableName::of::<Self>(),
        adopted: true,
        options: ::orm_core::__private::TableOptions::NONE,
        columns: &[
            ::orm_core::__private::ColumnMeta::new(
                "id",
                ::orm_core::__private::ColumnKind::Integer,
            ),
            ::orm_core::__private::ColumnMeta {
                default: ::core::option::Option::Some(
                    match <Status as ::orm_core::ModelEnum>::DEFAULT {
                        ::core::option::Option::Some(text) => {
                            ::orm_core::__private::DefaultValue::Text(text)
                        }
                        ::core::option::Option::None => {
                            ::orm_core::__private::DefaultValue::Unstated(
                                "`Article.status` is `#[model(default)]`, but says not which: write `#[model(default = …)]`, or mark the default variant of its enum with `#[default]`",
                            )
                        }
                    },
                ),
                values: <Status as ::orm_core::ModelEnum>::VALUES,
                ..::orm_core::__private::ColumnMeta::new(
                    "status",
                    ::orm_core::__private::ColumnKind::Text,
                )
            },
        ],
        primary_key: &["id"],
        generated_key: true,
        uniques: &[],
        indexes: &[],
        references: &[],
        junctions: &[],
    };
    fn query() -> Self::Query {
        ::diesel::QueryDsl::select(
            crate::schema::articles::table,
            (crate::schema::articles::id, crate::schema::articles::status),
        )
    }
    fn columns() -> Self::Columns {
        (crate::schema::articles::id, crate::schema::articles::status)
    }
    fn into_with(self) -> Self::With {
        ArticleWith::__new(self)
    }
}
#[automatically_derived]
impl ::orm_core::__private::TableOf<Article> for crate::schema::articles::table {
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
}
impl Article {
    /// An insert builder with nothing set.
    #[must_use]
    pub fn builder() -> ArticleBuilder {
        <ArticleBuilder as ::core::default::Default>::default()
    }
    /// Changes for `update`, with nothing set.
    #[must_use]
    pub fn changes() -> ArticleChanges {
        <ArticleChanges as ::core::default::Default>::default()
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<628021283683842752u64> for Article {
    type Column = crate::schema::articles::id;
    type Sql = <::diesel::dsl::SqlTypeOf<
        crate::schema::articles::id,
    > as ::diesel::sql_types::IntoNotNullable>::NotNullable;
    type Value = i32;
    const FIELD: &'static str = "id";
    const EXPR: &'static Self::Column = &crate::schema::articles::id;
    fn read(&self) -> &i32 {
        &self.id
    }
    fn write(&mut self, value: i32) {
        self.id = value;
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<14183358520170196015u64> for Article {
    type Column = crate::schema::articles::status;
    type Sql = <::diesel::dsl::SqlTypeOf<
        crate::schema::articles::status,
    > as ::diesel::sql_types::IntoNotNullable>::NotNullable;
    type Value = Status;
    const FIELD: &'static str = "status";
    const EXPR: &'static Self::Column = &crate::schema::articles::status;
    fn read(&self) -> &Status {
        &self.status
    }
    fn write(&mut self, value: Status) {
        self.status = value;
    }
}
#[automatically_derived]
impl ::orm_core::__private::SingleKey for Article {
    type KeyField = ::orm_core::__private::FieldOf<Article, 628021283683842752u64>;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::IntoTarget<Article> for i32 {
    type Presence = ::orm_core::__private::Always;
    fn primary_key(
        &self,
    ) -> ::core::option::Option<::orm_core::__private::KeyOf<Article>> {
        ::core::option::Option::Some(::core::clone::Clone::clone(self))
    }
    fn row(&self) -> ::core::option::Option<&Article> {
        ::core::option::Option::None
    }
}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
    __ST0,
    __ST1,
> ::diesel::deserialize::Queryable<(__ST0, __ST1), __DB> for Article
where
    (i32, Status): ::diesel::deserialize::FromStaticSqlRow<(__ST0, __ST1), __DB>,
{
    type Row = (i32, Status);
    fn build(row: Self::Row) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self { id: row.0, status: row.1 })
    }
}
#[automatically_derived]
impl<__DB: ::diesel::backend::Backend> ::diesel::expression::Selectable<__DB>
for Article {
    type SelectExpression = (
        crate::schema::articles::id,
        crate::schema::articles::status,
    );
    fn construct_selection() -> Self::SelectExpression {
        (crate::schema::articles::id, crate::schema::articles::status)
    }
}
#[automatically_derived]
impl ::orm_core::__private::Selects<<Article as ::orm_core::Model>::SqlType>
for Article {}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
> ::orm_core::__private::Selects<::diesel::dsl::AsSelect<Article, __DB>> for Article {}
#[automatically_derived]
impl<__DB> ::orm_core::__private::ReadColumns<__DB> for Article
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Article,
        628021283683842752u64,
    >: ::orm_core::__private::ReadValue<__DB>,
    ::orm_core::__private::FieldOf<
        Article,
        14183358520170196015u64,
    >: ::orm_core::__private::ReadValue<__DB>,
{
    fn read_columns<'__a>(
        row: &impl ::diesel::row::Row<'__a, __DB>,
    ) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: <::orm_core::__private::FieldOf<
                Article,
                628021283683842752u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 0usize)?,
            status: <::orm_core::__private::FieldOf<
                Article,
                14183358520170196015u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 1usize)?,
        })
    }
}
///A new [`Article`], for `Article::create`. What is an `Option` beside NULL may be left to the database.
#[derive(Debug, Clone)]
pub struct NewArticle {
    ///The column `id`.
    pub id: ::core::option::Option<i32>,
    ///The column `status`.
    pub status: ::core::option::Option<Status>,
}
#[automatically_derived]
impl ::orm_core::__private::Given for NewArticle {
    type Model = Article;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0)
            .with(0usize, self.id.is_some())
            .with(1usize, self.status.is_some())
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for NewArticle
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Article,
        628021283683842752u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Article,
        14183358520170196015u64,
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
                    Article,
                    628021283683842752u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_given(&self.id, out)
            }
            1usize => {
                <::orm_core::__private::FieldOf<
                    Article,
                    14183358520170196015u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_given(&self.status, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::IntoNew<Article> for NewArticle {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0)
            .with(0usize, self.id.is_some())
            .with(1usize, self.status.is_some())
    }
    fn into_new(self) -> NewArticle {
        self
    }
}
///Collects the columns of a new [`Article`]. Required ones are parameters of the type until they are set.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it is passed to `create`"]
pub struct ArticleBuilder {
    id: ::core::option::Option<i32>,
    status: ::core::option::Option<Status>,
    __stated: ::orm_core::__private::ColumnSet,
}
#[automatically_derived]
impl ::core::default::Default for ArticleBuilder {
    fn default() -> Self {
        Self {
            id: ::core::option::Option::None,
            status: ::core::option::Option::None,
            __stated: ::orm_core::__private::ColumnSet::new(),
        }
    }
}
impl ArticleBuilder {
    ///Sets the column `id`.
    pub fn id(self, value: i32) -> ArticleBuilder {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Article, 628021283683842752u64>,
        >::set_field(self, value)
    }
    ///Sets the column `status`.
    pub fn status(self, value: Status) -> ArticleBuilder {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Article, 14183358520170196015u64>,
        >::set_field(self, value)
    }
}
#[automatically_derived]
impl ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Article, 628021283683842752u64>,
> for ArticleBuilder {
    type Output = ArticleBuilder;
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
impl ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Article, 14183358520170196015u64>,
> for ArticleBuilder {
    type Output = ArticleBuilder;
    fn set_field(self, value: Status) -> Self::Output {
        {
            let mut builder = self;
            builder.status = ::core::option::Option::Some(value);
            builder.__stated = builder.__stated.with(1usize, true);
            builder
        }
    }
}
#[automatically_derived]
impl ::orm_core::IntoNew<Article> for ArticleBuilder {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        self.__stated
    }
    fn into_new(self) -> NewArticle {
        NewArticle {
            id: self.id,
            status: self.status,
        }
    }
}
///Collects changes of a [`Article`], for `update`. Columns that are not set stay as they are.
#[derive(Debug, Clone, Default)]
#[must_use = "changes do nothing until they are passed to `update`"]
pub struct ArticleChanges {
    status: ::core::option::Option<Status>,
}
impl ArticleChanges {
    ///Changes the column `status`.
    pub fn status(mut self, value: Status) -> Self {
        self.status = ::core::option::Option::Some(value);
        self
    }
}
#[automatically_derived]
impl ::orm_core::__private::Given for ArticleChanges {
    type Model = Article;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0).with(1usize, self.status.is_some())
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for ArticleChanges
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Article,
        14183358520170196015u64,
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
                    Article,
                    14183358520170196015u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_given(&self.status, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Given for Article {
    type Model = Article;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(2)
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for Article
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Article,
        14183358520170196015u64,
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
                    Article,
                    14183358520170196015u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_value(&self.status, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Changes<Article> for ArticleChanges {
    #[allow(unused_variables)]
    fn apply(self, row: &mut Article) {
        if let ::core::option::Option::Some(value) = self.status {
            row.status = value;
        }
    }
}
///A [`Article`] with one slot per association; it derefs to the `Article`.
pub struct ArticleWith {
    __model: Article,
}
impl ArticleWith {
    fn __new(model: Article) -> Self {
        Self { __model: model }
    }
}
impl ArticleWith {
    /// The row without its slots.
    #[must_use]
    pub fn into_model(self) -> Article {
        self.__model
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ArticleWith {
    type Target = Article;
    fn deref(&self) -> &Article {
        &self.__model
    }
}
#[automatically_derived]
impl ::core::ops::DerefMut for ArticleWith {
    fn deref_mut(&mut self) -> &mut Article {
        &mut self.__model
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ArticleWith {
    fn clone(&self) -> Self {
        Self {
            __model: ::core::clone::Clone::clone(&self.__model),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ArticleWith
where
    for<'__a> Article: ::core::fmt::Debug,
{
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_struct("ArticleWith").field("model", &self.__model).finish()
    }
}
#[automatically_derived]
impl ::core::cmp::PartialEq for ArticleWith
where
    for<'__a> Article: ::core::cmp::PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        self.__model == other.__model
    }
}
#[automatically_derived]
impl ::orm_core::__private::Row<Article> for ArticleWith {
    fn model(&self) -> &Article {
        &self.__model
    }
}
