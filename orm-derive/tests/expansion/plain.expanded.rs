::diesel::table! {
    #[doc = "The table of `Track`."] #[sql_name = "tracks"] tracks(id) { #[sql_name =
    "id"] id -> ::diesel::sql_types::Integer, #[sql_name = "name"] name ->
    ::diesel::sql_types::Text, #[sql_name = "plays"] plays ->
    ::diesel::sql_types::Integer, #[sql_name = "composer"] composer ->
    ::diesel::sql_types::Nullable < ::diesel::sql_types::Text >, }
}
///A new [`Track`], for `Track::create`. What is an `Option` beside NULL may be left to the database.
#[allow(missing_docs, dead_code)]
#[derive(Debug, Clone)]
pub struct NewTrack {
    pub id: ::core::option::Option<i32>,
    pub name: String,
    pub plays: ::core::option::Option<i32>,
    pub composer: Option<String>,
}
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct TrackValues {
    id: ::core::option::Option<i32>,
    name: ::core::option::Option<String>,
    plays: ::core::option::Option<i32>,
    composer: ::core::option::Option<Option<String>>,
}
///Collects the columns of a new [`Track`]: `State` tells which required ones are missing.
#[must_use = "a builder does nothing until it is passed to `create` or `update`"]
pub struct TrackBuilder<State = (::orm_core::Missing<tracks::name>,)>(
    TrackValues,
    ::core::marker::PhantomData<fn() -> State>,
);
///Collects changes of a [`Track`], for `update`. Columns that are not set stay as they are.
#[allow(dead_code)]
pub type TrackChanges = TrackBuilder<::orm_core::Partial>;
///A [`Track`] with one slot per association; it derefs to the `Track`.
#[allow(missing_docs)]
#[derive(Clone)]
pub struct TrackWith {
    __model: Track,
}
const _: () = {
    use ::orm_core::__private as __orm;
    impl<__M> __orm::ApartFrom<__M> for tracks::table
    where
        Track: __orm::InOneSchema<__M>,
    {}
    impl<__T: __orm::Table + __orm::ApartFrom<Track>> __orm::TableNotEqual<__T>
    for tracks::table {}
    impl __orm::Model for Track {
        type Table = tracks::table;
        type Columns = (tracks::id, tracks::name, tracks::plays, tracks::composer);
        type SqlType = (
            __orm::SqlTypeOf<tracks::id>,
            __orm::SqlTypeOf<tracks::name>,
            __orm::SqlTypeOf<tracks::plays>,
            __orm::SqlTypeOf<tracks::composer>,
        );
        type Query = __orm::Select<tracks::table, Self::Columns>;
        type PrimaryKey = __orm::FieldOf<Track, 628021283683842752>;
        type Values = TrackValues;
        type Builder = TrackBuilder;
        type With = TrackWith;
        type Targets = ();
        const NAME: &'static str = ::core::stringify!(Track);
        const TABLE: &'static str = "tracks";
        const META: __orm::ModelMeta = __orm::ModelMeta {
            name: Self::NAME,
            table: __orm::TableName::of::<Self>(),
            adopted: false,
            options: __orm::TableOptions::NONE,
            columns: &[
                __orm::ColumnMeta::new("id", __orm::ColumnKind::Integer),
                __orm::ColumnMeta {
                    unique: true,
                    length: __orm::Some(200u32),
                    ..__orm::ColumnMeta::new("name", __orm::ColumnKind::Text)
                },
                __orm::ColumnMeta {
                    default: __orm::Some(__orm::DefaultValue::Int(0i64)),
                    ..__orm::ColumnMeta::new("plays", __orm::ColumnKind::Integer)
                },
                __orm::ColumnMeta {
                    nullable: true,
                    ..__orm::ColumnMeta::new("composer", __orm::ColumnKind::Text)
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
            __orm::QueryDsl::select(tracks::table, Self::columns())
        }
        fn columns() -> Self::Columns {
            (tracks::id, tracks::name, tracks::plays, tracks::composer)
        }
        fn into_with(self) -> Self::With {
            TrackWith { __model: self }
        }
    }
    impl __orm::TableOf<Track> for tracks::table {
        type Then<__T> = __T;
        fn then<__T>(value: __T) -> __T {
            value
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<628021283683842752> for Track {
        type Column = tracks::id;
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
        fn given(values: &TrackValues) -> __orm::Option<&i32> {
            values.id.as_ref()
        }
        fn place(values: &mut TrackValues) -> &mut __orm::Option<i32> {
            &mut values.id
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<14176396743819860870> for Track {
        type Column = tracks::name;
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
        fn given(values: &TrackValues) -> __orm::Option<&String> {
            values.name.as_ref()
        }
        fn place(values: &mut TrackValues) -> &mut __orm::Option<String> {
            &mut values.name
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<18267440450883293232> for Track {
        type Column = tracks::plays;
        type Sql = ::diesel::sql_types::Integer;
        type Value = i32;
        type Slot = __orm::Free;
        const FIELD: &'static str = "plays";
        fn read(&self) -> &i32 {
            &self.plays
        }
        fn write(&mut self, value: i32) {
            self.plays = value;
        }
        fn given(values: &TrackValues) -> __orm::Option<&i32> {
            values.plays.as_ref()
        }
        fn place(values: &mut TrackValues) -> &mut __orm::Option<i32> {
            &mut values.plays
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<1536336139762018867> for Track {
        type Column = tracks::composer;
        type Sql = ::diesel::sql_types::Text;
        type Value = Option<String>;
        type Slot = __orm::Free;
        const FIELD: &'static str = "composer";
        fn read(&self) -> &Option<String> {
            &self.composer
        }
        fn write(&mut self, value: Option<String>) {
            self.composer = value;
        }
        fn given(values: &TrackValues) -> __orm::Option<&Option<String>> {
            values.composer.as_ref()
        }
        fn place(values: &mut TrackValues) -> &mut __orm::Option<Option<String>> {
            &mut values.composer
        }
    }
    impl __orm::SingleKey for Track {
        type KeyField = __orm::FieldOf<Track, 628021283683842752>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::IntoTarget<Track> for i32 {
        type Presence = __orm::Always;
        fn primary_key(&self) -> __orm::Option<i32> {
            __orm::Some(__orm::Clone::clone(self))
        }
    }
    impl<__ST, __DB: __orm::Backend> __orm::Queryable<__ST, __DB> for Track
    where
        (i32, String, i32, Option<String>): __orm::FromStaticSqlRow<__ST, __DB>,
    {
        type Row = (i32, String, i32, Option<String>);
        fn build(row: Self::Row) -> __orm::Read<Self> {
            __orm::Ok(Self {
                id: row.0,
                name: row.1,
                plays: row.2,
                composer: row.3,
            })
        }
    }
    impl<__DB: __orm::Backend> __orm::Selectable<__DB> for Track {
        type SelectExpression = <Self as __orm::Model>::Columns;
        fn construct_selection() -> Self::SelectExpression {
            <Self as __orm::Model>::columns()
        }
    }
    impl __orm::Selects<<Self as __orm::Model>::SqlType> for Track {}
    impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for Track {}
    impl<__DB: __orm::Backend> __orm::ReadColumns<__DB> for Track
    where
        __orm::FieldOf<Track, 628021283683842752>: __orm::ReadValue<__DB>,
        __orm::FieldOf<Track, 14176396743819860870>: __orm::ReadValue<__DB>,
        __orm::FieldOf<Track, 18267440450883293232>: __orm::ReadValue<__DB>,
        __orm::FieldOf<Track, 1536336139762018867>: __orm::ReadValue<__DB>,
    {
        fn read_columns<__S: __orm::Source<Self, __DB>>(
            mut source: __S,
        ) -> __orm::Read<Self> {
            __orm::Ok(Self {
                id: source.value::<__orm::FieldOf<Track, 628021283683842752>>(0)?,
                name: source.value::<__orm::FieldOf<Track, 14176396743819860870>>(1)?,
                plays: source.value::<__orm::FieldOf<Track, 18267440450883293232>>(2)?,
                composer: source.value::<__orm::FieldOf<Track, 1536336139762018867>>(3)?,
            })
        }
    }
    impl __orm::IntoNew<Track> for NewTrack {
        fn into_new(self) -> TrackValues {
            TrackValues {
                id: self.id,
                name: __orm::Some(self.name),
                plays: self.plays,
                composer: self.composer.map(__orm::Some),
            }
        }
    }
    impl __orm::Given for TrackValues {
        type Model = Track;
        fn given(&self) -> __orm::ColumnSet {
            __orm::ColumnSet::given([
                self.id.is_some(),
                self.name.is_some(),
                self.plays.is_some(),
                self.composer.is_some(),
            ])
        }
    }
    impl<__DB: __orm::Backend> __orm::Columns<__DB> for Track
    where
        __orm::FieldOf<Track, 628021283683842752>: __orm::BindValue<__DB>,
        __orm::FieldOf<Track, 14176396743819860870>: __orm::BindValue<__DB>,
        __orm::FieldOf<Track, 18267440450883293232>: __orm::BindValue<__DB>,
        __orm::FieldOf<Track, 1536336139762018867>: __orm::BindValue<__DB>,
    {
        fn visit<__V: __orm::Visit<Self, __DB>>(
            index: usize,
            visitor: __V,
        ) -> __orm::Option<__V::Output> {
            __orm::Some(
                match index {
                    0 => visitor.field::<__orm::FieldOf<Track, 628021283683842752>>(),
                    1 => visitor.field::<__orm::FieldOf<Track, 14176396743819860870>>(),
                    2 => visitor.field::<__orm::FieldOf<Track, 18267440450883293232>>(),
                    3 => visitor.field::<__orm::FieldOf<Track, 1536336139762018867>>(),
                    _ => return __orm::None,
                },
            )
        }
    }
    #[allow(missing_docs)]
    impl<__State> TrackBuilder<__State> {
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
        ) -> TrackBuilder<__orm::After<__State, __orm::At<0>>>
        where
            __State: __orm::SetSlot<__orm::At<0>>,
        {
            __orm::SetField::<
                __orm::FieldOf<Track, 14176396743819860870>,
            >::set_field(self, __orm::Into::into(value))
        }
        pub fn plays(mut self, value: i32) -> Self {
            self.0.plays = __orm::Some(value);
            self
        }
        pub fn composer(mut self, value: impl __orm::IntoOption<String>) -> Self {
            self.0.composer = __orm::Some(__orm::IntoOption::into_option(value));
            self
        }
    }
    impl<__State> __orm::Building for TrackBuilder<__State> {
        type Model = Track;
        type State = __State;
        type In<__Other> = TrackBuilder<__Other>;
        fn of_values(values: TrackValues) -> Self {
            Self(values, __orm::PhantomData)
        }
        fn into_values(self) -> TrackValues {
            self.0
        }
    }
    impl<__State: __orm::Complete> __orm::IntoNew<Track> for TrackBuilder<__State> {
        fn into_new(self) -> TrackValues {
            self.0
        }
    }
    impl<__State> __orm::Clone for TrackBuilder<__State> {
        fn clone(&self) -> Self {
            Self(__orm::Clone::clone(&self.0), __orm::PhantomData)
        }
    }
    impl<__State> __orm::Debug for TrackBuilder<__State> {
        fn fmt(&self, f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            __orm::Debug::fmt(&self.0, f)
        }
    }
    impl TrackWith {
        /// The row without its slots.
        #[must_use]
        pub fn into_model(self) -> Track {
            self.__model
        }
    }
    impl __orm::Deref for TrackWith {
        type Target = Track;
        fn deref(&self) -> &Track {
            &self.__model
        }
    }
    impl __orm::DerefMut for TrackWith {
        fn deref_mut(&mut self) -> &mut Track {
            &mut self.__model
        }
    }
    impl __orm::Debug for TrackWith
    where
        for<'__a> Track: __orm::Debug,
    {
        fn fmt(&self, f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            let slots: &[(&str, &dyn __orm::Debug)] = &[];
            __orm::debug_row(f, "TrackWith", &self.__model, slots)
        }
    }
    impl __orm::PartialEq for TrackWith
    where
        for<'__a> Track: __orm::PartialEq,
    {
        fn eq(&self, other: &Self) -> bool {
            self.__model == other.__model
        }
    }
    impl __orm::Row<Track> for TrackWith {
        fn model(&self) -> &Track {
            &self.__model
        }
    }
};
