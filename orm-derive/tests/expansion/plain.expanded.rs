::diesel::table! {
    #[doc = "The table of `Track`."] #[sql_name = "tracks"] tracks(id) { #[doc =
    "The column `id`."] id -> ::diesel::sql_types::Integer, #[doc = "The column `name`."]
    name -> ::diesel::sql_types::Text, #[doc = "The column `plays`."] plays ->
    ::diesel::sql_types::Integer, #[doc = "The column `composer`."] composer ->
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
///Collects the columns of a new [`Track`]: `State` tells which required ones are missing, and `Nested` what is created together with it.
#[must_use = "a builder does nothing until it is passed to `create` or `update`"]
#[derive(Debug, Clone)]
pub struct TrackBuilder<State = (::orm_core::Missing<tracks::name>,), Nested = ()>(
    ::orm_core::Values<Track>,
    Nested,
    ::core::marker::PhantomData<fn() -> State>,
);
///Collects changes of a [`Track`], for `update`.
#[allow(dead_code)]
pub type TrackChanges = TrackBuilder<::orm_core::Partial>;
///A [`Track`] with a slot per association.
#[allow(missing_docs)]
#[derive(Clone)]
pub struct TrackWith {
    __model: Track,
}
const _: () = {
    use ::orm_core::__::{self as __orm, SqlTypeOf as __S};
    type __F<const HASH: u64> = __orm::FieldOf<Track, HASH>;
    impl<__M> __orm::ApartFrom<__M> for tracks::table
    where
        Track: __orm::InOneSchema<__M>,
    {}
    impl<__T: __orm::Table + __orm::ApartFrom<Track>> __orm::TableNotEqual<__T>
    for tracks::table {}
    #[diagnostic::do_not_recommend]
    impl __orm::Model for Track {
        type Table = tracks::table;
        type Columns = (tracks::id, tracks::name, tracks::plays, tracks::composer);
        type SqlType = (
            __S<tracks::id>,
            __S<tracks::name>,
            __S<tracks::plays>,
            __S<tracks::composer>,
        );
        type Query = __orm::Select<tracks::table, Self::Columns>;
        type PrimaryKey = __F<628021283683842752>;
        type Fields = (
            __F<628021283683842752>,
            __F<14176396743819860870>,
            __F<18267440450883293232>,
            __F<1536336139762018867>,
        );
        type Builder = TrackBuilder;
        type With = TrackWith;
        type Targets = ();
        type Hooks = __orm::NoHooks;
        const NAME: &'static str = ::core::stringify!(Track);
        const TABLE: &'static str = "tracks";
        const META: __orm::ModelMeta = __orm::ModelMeta {
            columns: &[
                __orm::column("id", __orm::Kind::Integer),
                __orm::ColumnMeta {
                    unique: true,
                    length: __orm::Some(200u32),
                    ..__orm::column("name", __orm::Kind::Text)
                },
                __orm::ColumnMeta {
                    default: __orm::Some(__orm::DefaultValue::Number("0")),
                    ..__orm::column("plays", __orm::Kind::Integer)
                },
                __orm::column("composer", __orm::Kind::Text).or_null(),
            ],
            primary_key: &["id"],
            generated_key: true,
            ..__orm::ModelMeta::of::<Self>()
        };
        fn query() -> Self::Query {
            __orm::QueryDsl::select(tracks::table, Self::columns())
        }
        fn columns() -> Self::Columns {
            (tracks::id, tracks::name, tracks::plays, tracks::composer)
        }
        #[inline]
        fn of_row(__row: <Self::Fields as __orm::FieldList>::Row) -> Self {
            Self {
                id: __row.0,
                name: __row.1,
                plays: __row.2,
                composer: __row.3,
            }
        }
        fn into_with(self) -> Self::With {
            TrackWith { __model: self }
        }
    }
    impl __orm::TableOf<Track> for tracks::table {
        type Then<__T> = __T;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<628021283683842752> for Track {
        type Column = tracks::id;
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
    impl __orm::ColumnsOf<Track> for tracks::id {
        type Fields = __F<628021283683842752>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<14176396743819860870> for Track {
        type Column = tracks::name;
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
    impl __orm::ColumnsOf<Track> for tracks::name {
        type Fields = __F<14176396743819860870>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<18267440450883293232> for Track {
        type Column = tracks::plays;
        type Sql = ::diesel::sql_types::Integer;
        type Value = i32;
        type Place = __orm::At<2>;
        type Slot = __orm::Free;
        const FIELD: &'static str = "plays";
        fn read(&self) -> &i32 {
            &self.plays
        }
        fn write(&mut self, __value: i32) {
            self.plays = __value;
        }
    }
    impl __orm::ColumnsOf<Track> for tracks::plays {
        type Fields = __F<18267440450883293232>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<1536336139762018867> for Track {
        type Column = tracks::composer;
        type Sql = ::diesel::sql_types::Text;
        type Value = Option<String>;
        type Place = __orm::At<3>;
        type Slot = __orm::Free;
        const FIELD: &'static str = "composer";
        fn read(&self) -> &Option<String> {
            &self.composer
        }
        fn write(&mut self, __value: Option<String>) {
            self.composer = __value;
        }
    }
    impl __orm::ColumnsOf<Track> for tracks::composer {
        type Fields = __F<1536336139762018867>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::SingleKey for Track {
        type KeyField = __F<628021283683842752>;
    }
    impl __orm::UniqueKey<Track> for tracks::id {}
    impl __orm::UniqueKey<Track> for tracks::name {}
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
        fn build(__row: Self::Row) -> __orm::Read<Self> {
            __orm::Ok(<Self as __orm::Model>::of_row(__row))
        }
    }
    impl<__DB: __orm::Backend> __orm::Selectable<__DB> for Track {
        type SelectExpression = <Self as __orm::Model>::Columns;
        fn construct_selection() -> Self::SelectExpression {
            <Self as __orm::Model>::columns()
        }
    }
    impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for Track {}
    impl __orm::Selects<<Self as __orm::Model>::SqlType> for Track {}
    impl __orm::Building for NewTrack {
        type Model = Track;
        type State = __orm::Whole;
        type Nested = ();
        type In<__State, __Nested> = TrackBuilder<__State, __Nested>;
        fn into_parts(self) -> (__orm::Values<Track>, ()) {
            (
                __orm::values((
                    self.id,
                    __orm::Some(self.name),
                    self.plays,
                    self.composer.map(__orm::Some),
                )),
                (),
            )
        }
    }
    #[allow(missing_docs)]
    impl<__State, __Nested> TrackBuilder<__State, __Nested> {
        pub fn id(self, __value: i32) -> Self
        where
            __State: __orm::OfNewRow,
        {
            __orm::set::<__F<628021283683842752>, _>(self, __value)
        }
        pub fn name(
            self,
            __value: impl __orm::Into<String>,
        ) -> TrackBuilder<__State::After, __Nested>
        where
            __State: __orm::SetSlot<__orm::At<0>>,
        {
            __orm::set::<__F<14176396743819860870>, _>(self, __orm::Into::into(__value))
        }
        pub fn plays(self, __value: i32) -> Self {
            __orm::set::<__F<18267440450883293232>, _>(self, __value)
        }
        pub fn composer(self, __value: impl __orm::IntoOption<String>) -> Self {
            __orm::set::<
                __F<1536336139762018867>,
                _,
            >(self, __orm::IntoOption::into_option(__value))
        }
    }
    impl<__State, __Nested> __orm::Building for TrackBuilder<__State, __Nested> {
        type Model = Track;
        type State = __State;
        type Nested = __Nested;
        type In<__Other, __Others> = TrackBuilder<__Other, __Others>;
        fn into_parts(self) -> (__orm::Values<Track>, __Nested) {
            (self.0, self.1)
        }
    }
    impl<__State, __Nested> __orm::FromValues for TrackBuilder<__State, __Nested> {
        fn of_parts(__values: __orm::Values<Track>, __nested: __Nested) -> Self {
            Self(__values, __nested, __orm::PhantomData)
        }
    }
    impl TrackWith {
        /// The row without its slots.
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
        fn fmt(&self, __f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            __orm::debug_row(__f, "TrackWith", &self.__model, &[])
        }
    }
    impl __orm::PartialEq for TrackWith
    where
        for<'__a> Track: __orm::PartialEq,
    {
        fn eq(&self, __other: &Self) -> bool {
            self.__model == __other.__model
        }
    }
    impl __orm::Row<Track> for TrackWith {
        fn model(&self) -> &Track {
            &self.__model
        }
    }
};
::diesel::table! {
    #[doc = "The table of `Booking`."] #[sql_name = "bookings"] bookings(id) { #[doc =
    "The column `id`."] id -> ::diesel::sql_types::Integer, #[doc =
    "The column `contact`."] contact -> ::diesel::sql_types::Nullable <
    ::diesel::sql_types::Text >, #[doc = "The column `seats`."] seats ->
    ::diesel::sql_types::Integer, }
}
///A new [`Booking`], for `Booking::create`. What is an `Option` beside NULL may be left to the database.
#[allow(missing_docs, dead_code)]
#[derive(Debug, Clone)]
pub struct NewBooking {
    pub id: ::core::option::Option<i32>,
    pub contact: Option<String>,
    pub seats: i32,
}
///Collects the columns of a new [`Booking`]: `State` tells which required ones are missing, and `Nested` what is created together with it.
#[must_use = "a builder does nothing until it is passed to `create` or `update`"]
#[derive(Debug, Clone)]
pub struct BookingBuilder<State = (::orm_core::Missing<bookings::seats>,), Nested = ()>(
    ::orm_core::Values<Booking>,
    Nested,
    ::core::marker::PhantomData<fn() -> State>,
);
///Collects changes of a [`Booking`], for `update`.
#[allow(dead_code)]
pub type BookingChanges = BookingBuilder<::orm_core::Partial>;
///A [`Booking`] with a slot per association.
#[allow(missing_docs)]
#[derive(Clone)]
pub struct BookingWith {
    __model: Booking,
}
const _: () = {
    use ::orm_core::__::{self as __orm, SqlTypeOf as __S};
    type __F<const HASH: u64> = __orm::FieldOf<Booking, HASH>;
    impl<__M> __orm::ApartFrom<__M> for bookings::table
    where
        Booking: __orm::InOneSchema<__M>,
    {}
    impl<__T: __orm::Table + __orm::ApartFrom<Booking>> __orm::TableNotEqual<__T>
    for bookings::table {}
    #[diagnostic::do_not_recommend]
    impl __orm::Model for Booking {
        type Table = bookings::table;
        type Columns = (bookings::id, bookings::contact, bookings::seats);
        type SqlType = (__S<bookings::id>, __S<bookings::contact>, __S<bookings::seats>);
        type Query = __orm::Select<bookings::table, Self::Columns>;
        type PrimaryKey = __F<628021283683842752>;
        type Fields = (
            __F<628021283683842752>,
            __F<7076869931558898275>,
            __F<9179822787273076833>,
        );
        type Builder = BookingBuilder;
        type With = BookingWith;
        type Targets = ();
        type Hooks = __orm::NoHooks;
        const NAME: &'static str = ::core::stringify!(Booking);
        const TABLE: &'static str = "bookings";
        const META: __orm::ModelMeta = __orm::ModelMeta {
            columns: &[
                __orm::column("id", __orm::Kind::Integer),
                __orm::column("contact", __orm::Kind::Text).or_null(),
                __orm::column("seats", __orm::Kind::Integer),
            ],
            primary_key: &["id"],
            generated_key: true,
            ..__orm::ModelMeta::of::<Self>()
        };
        fn query() -> Self::Query {
            __orm::QueryDsl::select(bookings::table, Self::columns())
        }
        fn columns() -> Self::Columns {
            (bookings::id, bookings::contact, bookings::seats)
        }
        #[inline]
        fn of_row(__row: <Self::Fields as __orm::FieldList>::Row) -> Self {
            Self {
                id: __row.0,
                contact: __row.1,
                seats: __row.2,
            }
        }
        const CHECKED: bool = true;
        fn check(__draft: &__orm::Draft<'_, Self>, __problems: &mut __orm::Problems) {
            __orm::rule::<
                __F<7076869931558898275>,
                String,
            >(
                __draft,
                __problems,
                __orm::None,
                |__value| __orm::rules::email(__orm::rules::Text::text(__value)),
            );
            __orm::rule::<
                __F<7076869931558898275>,
                String,
            >(
                __draft,
                __problems,
                __orm::None,
                |__value| __orm::rules::length(
                    __orm::rules::Text::text(__value),
                    (__orm::Bound::Included(3), __orm::Bound::Included(40)),
                ),
            );
            __orm::custom::<
                __F<7076869931558898275>,
            >(__draft, __problems, |__value| no_emoji(__value));
            __orm::rule::<
                __F<7076869931558898275>,
                String,
            >(
                __draft,
                __problems,
                __orm::Some("one of ours"),
                |__value| __orm::rules::one_of_texts(
                    __orm::rules::Text::text(__value),
                    &["a@b", "c@d"],
                ),
            );
            __orm::rule::<
                __F<9179822787273076833>,
                i32,
            >(
                __draft,
                __problems,
                __orm::None,
                |__value| __orm::rules::Ordered::range(
                    __value,
                    (__orm::Bound::Included(1), __orm::Bound::Included(10)),
                ),
            );
            __orm::rule::<
                __F<9179822787273076833>,
                i32,
            >(
                __draft,
                __problems,
                __orm::None,
                |__value| __orm::rules::not_one_of(__value, &[4, 7]),
            );
            __orm::whole(__draft, __problems, |__value| in_order(__value));
            __orm::whole(__draft, __problems, |__value| limits::within(__value));
        }
        fn into_with(self) -> Self::With {
            BookingWith { __model: self }
        }
    }
    impl __orm::TableOf<Booking> for bookings::table {
        type Then<__T> = __T;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<628021283683842752> for Booking {
        type Column = bookings::id;
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
    impl __orm::ColumnsOf<Booking> for bookings::id {
        type Fields = __F<628021283683842752>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<7076869931558898275> for Booking {
        type Column = bookings::contact;
        type Sql = ::diesel::sql_types::Text;
        type Value = Option<String>;
        type Place = __orm::At<1>;
        type Slot = __orm::Free;
        const FIELD: &'static str = "contact";
        fn read(&self) -> &Option<String> {
            &self.contact
        }
        fn write(&mut self, __value: Option<String>) {
            self.contact = __value;
        }
    }
    impl __orm::ColumnsOf<Booking> for bookings::contact {
        type Fields = __F<7076869931558898275>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<9179822787273076833> for Booking {
        type Column = bookings::seats;
        type Sql = ::diesel::sql_types::Integer;
        type Value = i32;
        type Place = __orm::At<2>;
        type Slot = __orm::At<0>;
        const FIELD: &'static str = "seats";
        fn read(&self) -> &i32 {
            &self.seats
        }
        fn write(&mut self, __value: i32) {
            self.seats = __value;
        }
    }
    impl __orm::ColumnsOf<Booking> for bookings::seats {
        type Fields = __F<9179822787273076833>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::SingleKey for Booking {
        type KeyField = __F<628021283683842752>;
    }
    impl __orm::UniqueKey<Booking> for bookings::id {}
    #[diagnostic::do_not_recommend]
    impl __orm::IntoTarget<Booking> for i32 {
        type Presence = __orm::Always;
        fn primary_key(&self) -> __orm::Option<i32> {
            __orm::Some(__orm::Clone::clone(self))
        }
    }
    impl<__ST, __DB: __orm::Backend> __orm::Queryable<__ST, __DB> for Booking
    where
        (i32, Option<String>, i32): __orm::FromStaticSqlRow<__ST, __DB>,
    {
        type Row = (i32, Option<String>, i32);
        fn build(__row: Self::Row) -> __orm::Read<Self> {
            __orm::Ok(<Self as __orm::Model>::of_row(__row))
        }
    }
    impl<__DB: __orm::Backend> __orm::Selectable<__DB> for Booking {
        type SelectExpression = <Self as __orm::Model>::Columns;
        fn construct_selection() -> Self::SelectExpression {
            <Self as __orm::Model>::columns()
        }
    }
    impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for Booking {}
    impl __orm::Selects<<Self as __orm::Model>::SqlType> for Booking {}
    impl __orm::Building for NewBooking {
        type Model = Booking;
        type State = __orm::Whole;
        type Nested = ();
        type In<__State, __Nested> = BookingBuilder<__State, __Nested>;
        fn into_parts(self) -> (__orm::Values<Booking>, ()) {
            (
                __orm::values((
                    self.id,
                    self.contact.map(__orm::Some),
                    __orm::Some(self.seats),
                )),
                (),
            )
        }
    }
    #[allow(missing_docs)]
    impl<__State, __Nested> BookingBuilder<__State, __Nested> {
        pub fn id(self, __value: i32) -> Self
        where
            __State: __orm::OfNewRow,
        {
            __orm::set::<__F<628021283683842752>, _>(self, __value)
        }
        pub fn contact(self, __value: impl __orm::IntoOption<String>) -> Self {
            __orm::set::<
                __F<7076869931558898275>,
                _,
            >(self, __orm::IntoOption::into_option(__value))
        }
        pub fn seats(self, __value: i32) -> BookingBuilder<__State::After, __Nested>
        where
            __State: __orm::SetSlot<__orm::At<0>>,
        {
            __orm::set::<__F<9179822787273076833>, _>(self, __value)
        }
    }
    impl<__State, __Nested> __orm::Building for BookingBuilder<__State, __Nested> {
        type Model = Booking;
        type State = __State;
        type Nested = __Nested;
        type In<__Other, __Others> = BookingBuilder<__Other, __Others>;
        fn into_parts(self) -> (__orm::Values<Booking>, __Nested) {
            (self.0, self.1)
        }
    }
    impl<__State, __Nested> __orm::FromValues for BookingBuilder<__State, __Nested> {
        fn of_parts(__values: __orm::Values<Booking>, __nested: __Nested) -> Self {
            Self(__values, __nested, __orm::PhantomData)
        }
    }
    impl BookingWith {
        /// The row without its slots.
        pub fn into_model(self) -> Booking {
            self.__model
        }
    }
    impl __orm::Deref for BookingWith {
        type Target = Booking;
        fn deref(&self) -> &Booking {
            &self.__model
        }
    }
    impl __orm::DerefMut for BookingWith {
        fn deref_mut(&mut self) -> &mut Booking {
            &mut self.__model
        }
    }
    impl __orm::Debug for BookingWith
    where
        for<'__a> Booking: __orm::Debug,
    {
        fn fmt(&self, __f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            __orm::debug_row(__f, "BookingWith", &self.__model, &[])
        }
    }
    impl __orm::PartialEq for BookingWith
    where
        for<'__a> Booking: __orm::PartialEq,
    {
        fn eq(&self, __other: &Self) -> bool {
            self.__model == __other.__model
        }
    }
    impl __orm::Row<Booking> for BookingWith {
        fn model(&self) -> &Booking {
            &self.__model
        }
    }
};
