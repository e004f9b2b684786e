::diesel::table! {
    #[doc = "The table of `Track`."] #[sql_name = "tracks"] tracks(id) { #[sql_name =
    "id"] id -> ::diesel::sql_types::Integer, #[sql_name = "name"] name ->
    ::diesel::sql_types::Text, #[sql_name = "plays"] plays ->
    ::diesel::sql_types::Integer, #[sql_name = "composer"] composer ->
    ::diesel::sql_types::Nullable < ::diesel::sql_types::Text >, }
}
impl<Other> ::orm_core::__private::ApartFrom<Other> for tracks::table
where
    Track: ::orm_core::__private::InOneSchema<Other>,
{}
impl<Other> ::diesel::query_source::TableNotEqual<Other> for tracks::table
where
    Other: ::diesel::query_source::Table + ::orm_core::__private::ApartFrom<Track>,
{}
#[automatically_derived]
impl ::orm_core::Model for Track {
    type Table = tracks::table;
    type Columns = (tracks::id, tracks::name, tracks::plays, tracks::composer);
    type SqlType = (
        ::diesel::dsl::SqlTypeOf<tracks::id>,
        ::diesel::dsl::SqlTypeOf<tracks::name>,
        ::diesel::dsl::SqlTypeOf<tracks::plays>,
        ::diesel::dsl::SqlTypeOf<tracks::composer>,
    );
    type Query = ::diesel::dsl::Select<
        tracks::table,
        (tracks::id, tracks::name, tracks::plays, tracks::composer),
    >;
    type PrimaryKey = ::orm_core::__private::FieldOf<Track, 628021283683842752u64>;
    type New = NewTrack;
    type Builder = TrackBuilder;
    type Changes = TrackChanges;
    type With = TrackWith;
    type Targets = ();
    const NAME: &'static str = ::core::stringify!(Track);
    const TABLE: &'static str = "tracks";
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
            ::orm_core::__private::ColumnMeta {
                unique: true,
                length: ::core::option::Option::Some(200u32),
                ..::orm_core::__private::ColumnMeta::new(
                    "name",
                    ::orm_core::__private::ColumnKind::Text,
                )
            },
            ::orm_core::__private::ColumnMeta {
                default: ::core::option::Option::Some(
                    ::orm_core::__private::DefaultValue::Int(0i64),
                ),
                ..::orm_core::__private::ColumnMeta::new(
                    "plays",
                    ::orm_core::__private::ColumnKind::Integer,
                )
            },
            ::orm_core::__private::ColumnMeta {
                nullable: true,
                ..::orm_core::__private::ColumnMeta::new(
                    "composer",
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
            tracks::table,
            (tracks::id, tracks::name, tracks::plays, tracks::composer),
        )
    }
    fn columns() -> Self::Columns {
        (tracks::id, tracks::name, tracks::plays, tracks::composer)
    }
    fn into_with(self) -> Self::With {
        TrackWith::__new(self)
    }
}
#[automatically_derived]
impl ::orm_core::__private::TableOf<Track> for tracks::table {
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
}
impl Track {
    /// An insert builder with nothing set.
    #[must_use]
    pub fn builder() -> TrackBuilder {
        <TrackBuilder as ::core::default::Default>::default()
    }
    /// Changes for `update`, with nothing set.
    #[must_use]
    pub fn changes() -> TrackChanges {
        <TrackChanges as ::core::default::Default>::default()
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<628021283683842752u64> for Track {
    type Column = tracks::id;
    type Sql = ::diesel::sql_types::Integer;
    type Value = i32;
    const FIELD: &'static str = "id";
    const EXPR: &'static Self::Column = &tracks::id;
    fn read(&self) -> &i32 {
        &self.id
    }
    fn write(&mut self, value: i32) {
        self.id = value;
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<14176396743819860870u64> for Track {
    type Column = tracks::name;
    type Sql = ::diesel::sql_types::Text;
    type Value = String;
    const FIELD: &'static str = "name";
    const EXPR: &'static Self::Column = &tracks::name;
    fn read(&self) -> &String {
        &self.name
    }
    fn write(&mut self, value: String) {
        self.name = value;
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<18267440450883293232u64> for Track {
    type Column = tracks::plays;
    type Sql = ::diesel::sql_types::Integer;
    type Value = i32;
    const FIELD: &'static str = "plays";
    const EXPR: &'static Self::Column = &tracks::plays;
    fn read(&self) -> &i32 {
        &self.plays
    }
    fn write(&mut self, value: i32) {
        self.plays = value;
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<1536336139762018867u64> for Track {
    type Column = tracks::composer;
    type Sql = ::diesel::sql_types::Text;
    type Value = Option<String>;
    const FIELD: &'static str = "composer";
    const EXPR: &'static Self::Column = &tracks::composer;
    fn read(&self) -> &Option<String> {
        &self.composer
    }
    fn write(&mut self, value: Option<String>) {
        self.composer = value;
    }
}
#[automatically_derived]
impl ::orm_core::__private::SingleKey for Track {
    type KeyField = ::orm_core::__private::FieldOf<Track, 628021283683842752u64>;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::IntoTarget<Track> for i32 {
    type Presence = ::orm_core::__private::Always;
    fn primary_key(
        &self,
    ) -> ::core::option::Option<::orm_core::__private::KeyOf<Track>> {
        ::core::option::Option::Some(::core::clone::Clone::clone(self))
    }
    fn row(&self) -> ::core::option::Option<&Track> {
        ::core::option::Option::None
    }
}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
    __ST0,
    __ST1,
    __ST2,
    __ST3,
> ::diesel::deserialize::Queryable<(__ST0, __ST1, __ST2, __ST3), __DB> for Track
where
    (
        i32,
        String,
        i32,
        Option<String>,
    ): ::diesel::deserialize::FromStaticSqlRow<(__ST0, __ST1, __ST2, __ST3), __DB>,
{
    type Row = (i32, String, i32, Option<String>);
    fn build(row: Self::Row) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: row.0,
            name: row.1,
            plays: row.2,
            composer: row.3,
        })
    }
}
#[automatically_derived]
impl<__DB: ::diesel::backend::Backend> ::diesel::expression::Selectable<__DB> for Track {
    type SelectExpression = (tracks::id, tracks::name, tracks::plays, tracks::composer);
    fn construct_selection() -> Self::SelectExpression {
        (tracks::id, tracks::name, tracks::plays, tracks::composer)
    }
}
#[automatically_derived]
impl ::orm_core::__private::Selects<<Track as ::orm_core::Model>::SqlType> for Track {}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
> ::orm_core::__private::Selects<::diesel::dsl::AsSelect<Track, __DB>> for Track {}
#[automatically_derived]
impl<__DB> ::orm_core::__private::ReadColumns<__DB> for Track
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Track,
        628021283683842752u64,
    >: ::orm_core::__private::ReadValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        14176396743819860870u64,
    >: ::orm_core::__private::ReadValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        18267440450883293232u64,
    >: ::orm_core::__private::ReadValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        1536336139762018867u64,
    >: ::orm_core::__private::ReadValue<__DB>,
{
    fn read_columns<'__a>(
        row: &impl ::diesel::row::Row<'__a, __DB>,
    ) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: <::orm_core::__private::FieldOf<
                Track,
                628021283683842752u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 0usize)?,
            name: <::orm_core::__private::FieldOf<
                Track,
                14176396743819860870u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 1usize)?,
            plays: <::orm_core::__private::FieldOf<
                Track,
                18267440450883293232u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 2usize)?,
            composer: <::orm_core::__private::FieldOf<
                Track,
                1536336139762018867u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 3usize)?,
        })
    }
}
///A new [`Track`], for `Track::create`. What is an `Option` beside NULL may be left to the database.
#[derive(Debug, Clone)]
pub struct NewTrack {
    ///The column `id`.
    pub id: ::core::option::Option<i32>,
    ///The column `name`.
    pub name: String,
    ///The column `plays`.
    pub plays: ::core::option::Option<i32>,
    ///The column `composer`.
    pub composer: Option<String>,
}
#[automatically_derived]
impl ::orm_core::__private::Given for NewTrack {
    type Model = Track;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(10)
            .with(0usize, self.id.is_some())
            .with(2usize, self.plays.is_some())
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for NewTrack
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Track,
        628021283683842752u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        14176396743819860870u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        18267440450883293232u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        1536336139762018867u64,
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
                    Track,
                    628021283683842752u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_given(&self.id, out)
            }
            1usize => {
                <::orm_core::__private::FieldOf<
                    Track,
                    14176396743819860870u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_value(&self.name, out)
            }
            2usize => {
                <::orm_core::__private::FieldOf<
                    Track,
                    18267440450883293232u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_given(&self.plays, out)
            }
            3usize => {
                <::orm_core::__private::FieldOf<
                    Track,
                    1536336139762018867u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_value(&self.composer, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::IntoNew<Track> for NewTrack {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(2)
            .with(0usize, self.id.is_some())
            .with(2usize, self.plays.is_some())
            .with(3usize, self.composer.is_some())
    }
    fn into_new(self) -> NewTrack {
        self
    }
}
///Collects the columns of a new [`Track`]. Required ones are parameters of the type until they are set.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it is passed to `create`"]
pub struct TrackBuilder<NameColumn = ::orm_core::Missing<tracks::name>> {
    id: ::core::option::Option<i32>,
    name: NameColumn,
    plays: ::core::option::Option<i32>,
    composer: Option<String>,
    __stated: ::orm_core::__private::ColumnSet,
}
#[automatically_derived]
impl ::core::default::Default for TrackBuilder {
    fn default() -> Self {
        Self {
            id: ::core::option::Option::None,
            name: ::orm_core::Missing::new(),
            plays: ::core::option::Option::None,
            composer: ::core::option::Option::None,
            __stated: ::orm_core::__private::ColumnSet::new(),
        }
    }
}
impl<NameColumn> TrackBuilder<NameColumn> {
    ///Sets the column `id`.
    pub fn id(self, value: i32) -> TrackBuilder<NameColumn> {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Track, 628021283683842752u64>,
        >::set_field(self, value)
    }
    ///Sets the column `name`.
    pub fn name(
        self,
        value: impl ::core::convert::Into<String>,
    ) -> TrackBuilder<::orm_core::Set<String>> {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Track, 14176396743819860870u64>,
        >::set_field(self, ::core::convert::Into::into(value))
    }
    ///Sets the column `plays`.
    pub fn plays(self, value: i32) -> TrackBuilder<NameColumn> {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Track, 18267440450883293232u64>,
        >::set_field(self, value)
    }
    ///Sets the column `composer`.
    pub fn composer(
        self,
        value: impl ::orm_core::__private::IntoOption<String>,
    ) -> TrackBuilder<NameColumn> {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Track, 1536336139762018867u64>,
        >::set_field(self, ::orm_core::__private::IntoOption::into_option(value))
    }
}
#[automatically_derived]
impl<
    NameColumn,
> ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Track, 628021283683842752u64>,
> for TrackBuilder<NameColumn> {
    type Output = TrackBuilder<NameColumn>;
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
    ::orm_core::__private::FieldOf<Track, 14176396743819860870u64>,
> for TrackBuilder<NameColumn> {
    type Output = TrackBuilder<::orm_core::Set<String>>;
    fn set_field(self, value: String) -> Self::Output {
        TrackBuilder {
            id: self.id,
            name: ::orm_core::Set(value),
            plays: self.plays,
            composer: self.composer,
            __stated: self.__stated.with(1usize, true),
        }
    }
}
#[automatically_derived]
impl<
    NameColumn,
> ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Track, 18267440450883293232u64>,
> for TrackBuilder<NameColumn> {
    type Output = TrackBuilder<NameColumn>;
    fn set_field(self, value: i32) -> Self::Output {
        {
            let mut builder = self;
            builder.plays = ::core::option::Option::Some(value);
            builder.__stated = builder.__stated.with(2usize, true);
            builder
        }
    }
}
#[automatically_derived]
impl<
    NameColumn,
> ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Track, 1536336139762018867u64>,
> for TrackBuilder<NameColumn> {
    type Output = TrackBuilder<NameColumn>;
    fn set_field(self, value: Option<String>) -> Self::Output {
        {
            let mut builder = self;
            builder.composer = value;
            builder.__stated = builder.__stated.with(3usize, true);
            builder
        }
    }
}
#[automatically_derived]
impl<NameColumn: ::orm_core::__private::IsSet<String>> ::orm_core::IntoNew<Track>
for TrackBuilder<NameColumn> {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        self.__stated
    }
    fn into_new(self) -> NewTrack {
        NewTrack {
            id: self.id,
            name: ::orm_core::__private::IsSet::get(self.name),
            plays: self.plays,
            composer: self.composer,
        }
    }
}
///Collects changes of a [`Track`], for `update`. Columns that are not set stay as they are.
#[derive(Debug, Clone, Default)]
#[must_use = "changes do nothing until they are passed to `update`"]
pub struct TrackChanges {
    name: ::core::option::Option<String>,
    plays: ::core::option::Option<i32>,
    composer: ::core::option::Option<Option<String>>,
}
impl TrackChanges {
    ///Changes the column `name`.
    pub fn name(mut self, value: impl ::core::convert::Into<String>) -> Self {
        self.name = ::core::option::Option::Some(::core::convert::Into::into(value));
        self
    }
    ///Changes the column `plays`.
    pub fn plays(mut self, value: i32) -> Self {
        self.plays = ::core::option::Option::Some(value);
        self
    }
    ///Changes the column `composer`.
    pub fn composer(
        mut self,
        value: impl ::orm_core::__private::IntoOption<String>,
    ) -> Self {
        self.composer = ::core::option::Option::Some(
            ::orm_core::__private::IntoOption::into_option(value),
        );
        self
    }
}
#[automatically_derived]
impl ::orm_core::__private::Given for TrackChanges {
    type Model = Track;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0)
            .with(1usize, self.name.is_some())
            .with(2usize, self.plays.is_some())
            .with(3usize, self.composer.is_some())
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for TrackChanges
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Track,
        14176396743819860870u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        18267440450883293232u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        1536336139762018867u64,
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
                    Track,
                    14176396743819860870u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_given(&self.name, out)
            }
            2usize => {
                <::orm_core::__private::FieldOf<
                    Track,
                    18267440450883293232u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_given(&self.plays, out)
            }
            3usize => {
                <::orm_core::__private::FieldOf<
                    Track,
                    1536336139762018867u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_given(&self.composer, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Given for Track {
    type Model = Track;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(14)
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for Track
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Track,
        14176396743819860870u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        18267440450883293232u64,
    >: ::orm_core::__private::BindValue<__DB>,
    ::orm_core::__private::FieldOf<
        Track,
        1536336139762018867u64,
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
                    Track,
                    14176396743819860870u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_value(&self.name, out)
            }
            2usize => {
                <::orm_core::__private::FieldOf<
                    Track,
                    18267440450883293232u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_value(&self.plays, out)
            }
            3usize => {
                <::orm_core::__private::FieldOf<
                    Track,
                    1536336139762018867u64,
                > as ::orm_core::__private::BindValue<
                    __DB,
                >>::bind_value(&self.composer, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Changes<Track> for TrackChanges {
    #[allow(unused_variables)]
    fn apply(self, row: &mut Track) {
        if let ::core::option::Option::Some(value) = self.name {
            row.name = value;
        }
        if let ::core::option::Option::Some(value) = self.plays {
            row.plays = value;
        }
        if let ::core::option::Option::Some(value) = self.composer {
            row.composer = value;
        }
    }
}
///A [`Track`] with one slot per association; it derefs to the `Track`.
pub struct TrackWith {
    __model: Track,
}
impl TrackWith {
    fn __new(model: Track) -> Self {
        Self { __model: model }
    }
}
impl TrackWith {
    /// The row without its slots.
    #[must_use]
    pub fn into_model(self) -> Track {
        self.__model
    }
}
#[automatically_derived]
impl ::core::ops::Deref for TrackWith {
    type Target = Track;
    fn deref(&self) -> &Track {
        &self.__model
    }
}
#[automatically_derived]
impl ::core::ops::DerefMut for TrackWith {
    fn deref_mut(&mut self) -> &mut Track {
        &mut self.__model
    }
}
#[automatically_derived]
impl ::core::clone::Clone for TrackWith {
    fn clone(&self) -> Self {
        Self {
            __model: ::core::clone::Clone::clone(&self.__model),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for TrackWith
where
    for<'__a> Track: ::core::fmt::Debug,
{
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_struct("TrackWith").field("model", &self.__model).finish()
    }
}
#[automatically_derived]
impl ::core::cmp::PartialEq for TrackWith
where
    for<'__a> Track: ::core::cmp::PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        self.__model == other.__model
    }
}
#[automatically_derived]
impl ::orm_core::__private::Row<Track> for TrackWith {
    fn model(&self) -> &Track {
        &self.__model
    }
}
