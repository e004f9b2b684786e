::diesel::table! {
    #[doc = "The table of `Post`."] #[sql_name = "posts"] posts(id) { #[doc =
    "The column `id`."] id -> ::diesel::sql_types::Integer, }
}
///A new [`Post`], for `Post::create`. What is an `Option` beside NULL may be left to the database.
#[allow(missing_docs, dead_code)]
#[derive(Debug, Clone)]
pub struct NewPost {
    pub id: ::core::option::Option<i32>,
}
///Collects the columns of a new [`Post`]: `State` tells which required ones are missing, and `Nested` what is created together with it.
#[must_use = "a builder does nothing until it is passed to `create` or `update`"]
#[derive(Debug, Clone)]
pub struct PostBuilder<State = (), Nested = ()>(
    ::orm_core::Values<Post>,
    Nested,
    ::core::marker::PhantomData<fn() -> State>,
);
///Collects changes of a [`Post`], for `update`.
#[allow(dead_code)]
pub type PostChanges = PostBuilder<::orm_core::Partial>;
///A [`Post`] with a slot per association.
#[allow(missing_docs)]
#[derive(Clone)]
pub struct PostWith<TagsSlot = ::orm_core::NotIncluded<PostTags>> {
    __model: Post,
    pub tags: TagsSlot,
}
///The association `tags` of [`Post`].
#[derive(Debug)]
pub struct PostTags<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);
#[allow(clippy::missing_errors_doc, clippy::must_use_candidate)]
impl Post {
    ///Includes `tags`: pass it to `.include(…)`.
    pub fn tags() -> ::orm_core::Loader<PostTags> {
        ::orm_core::Loader::new()
    }
    ///The Diesel query behind `get_tags`.
    #[must_use]
    pub fn query_tags<Query>(&self) -> Query
    where
        PostTags: ::orm_core::__::QueryThrough<Query>,
    {
        <PostTags as ::orm_core::__::QueryThrough<Query>>::query(self)
    }
    ///All rows that are linked.
    pub fn get_tags<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
    ) -> ::orm_core::Result<::std::vec::Vec<Tag>>
    where
        PostTags: ::orm_core::__::ReadThrough<__C>,
    {
        <PostTags as ::orm_core::__::ReadThrough<__C>>::get(conn, self)
    }
    ///How many rows are linked.
    pub fn count_tags<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
    ) -> ::orm_core::Result<i64>
    where
        PostTags: ::orm_core::__::ReadThrough<__C>,
    {
        <PostTags as ::orm_core::__::ReadThrough<__C>>::count(conn, self)
    }
    ///Whether this row is linked.
    pub fn has_tag<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::__::OneTarget<Tag>,
    ) -> ::orm_core::Result<bool>
    where
        PostTags: ::orm_core::__::HasThrough<__C>,
    {
        <PostTags as ::orm_core::__::HasThrough<__C>>::has(conn, self, [target])
    }
    ///Whether all of these are linked.
    pub fn has_tags<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
    ) -> ::orm_core::Result<bool>
    where
        PostTags: ::orm_core::__::HasThrough<__C>,
    {
        <PostTags as ::orm_core::__::HasThrough<__C>>::has(conn, self, targets)
    }
    ///Links this row; a link that is there stays.
    pub fn add_tag<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::__::OneTarget<Tag>,
    ) -> ::orm_core::Result<()>
    where
        PostTags: ::orm_core::__::LinkPlainly<__C>,
    {
        <PostTags as ::orm_core::__::LinkPlainly<__C>>::add(conn, self, [target])
    }
    ///Links these rows, in one statement; links that are there stay.
    pub fn add_tags<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
    ) -> ::orm_core::Result<()>
    where
        PostTags: ::orm_core::__::LinkPlainly<__C>,
    {
        <PostTags as ::orm_core::__::LinkPlainly<__C>>::add(conn, self, targets)
    }
    ///Unlinks this row.
    pub fn remove_tag<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::__::OneTarget<Tag>,
    ) -> ::orm_core::Result<()>
    where
        PostTags: ::orm_core::__::LinkThrough<__C>,
    {
        <PostTags as ::orm_core::__::LinkThrough<__C>>::remove(conn, self, [target])
    }
    ///Unlinks these rows, in one statement.
    pub fn remove_tags<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
    ) -> ::orm_core::Result<()>
    where
        PostTags: ::orm_core::__::LinkThrough<__C>,
    {
        <PostTags as ::orm_core::__::LinkThrough<__C>>::remove(conn, self, targets)
    }
    ///Links exactly these rows, in one transaction.
    pub fn set_tags<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
    ) -> ::orm_core::Result<()>
    where
        PostTags: ::orm_core::__::LinkPlainly<__C>,
    {
        <PostTags as ::orm_core::__::LinkPlainly<__C>>::set(conn, self, targets)
    }
    ///Links exactly these rows, with these columns of the junction.
    pub fn set_tags_with<__C: ::orm_core::Connection, __B>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
        link: __B,
    ) -> ::orm_core::Result<()>
    where
        PostTags: ::orm_core::__::LinkThrough<__C>,
        __B: ::orm_core::__::FillLink<PostTags> + ::core::clone::Clone,
    {
        <PostTags as ::orm_core::__::LinkThrough<
            __C,
        >>::set_with(conn, self, targets, link)
    }
    ///Links these rows, with these columns of the junction; links that are there take them.
    pub fn add_tags_with<__C: ::orm_core::Connection, __B>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
        link: __B,
    ) -> ::orm_core::Result<()>
    where
        PostTags: ::orm_core::__::LinkThrough<__C>,
        __B: ::orm_core::__::FillLink<PostTags> + ::core::clone::Clone,
    {
        <PostTags as ::orm_core::__::LinkThrough<
            __C,
        >>::add_with(conn, self, targets, link)
    }
    ///Links this row, with these columns of the junction; a link that is there takes them.
    pub fn add_tag_with<__C: ::orm_core::Connection, __B>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::__::OneTarget<Tag>,
        link: __B,
    ) -> ::orm_core::Result<()>
    where
        PostTags: ::orm_core::__::LinkThrough<__C>,
        __B: ::orm_core::__::FillLink<PostTags> + ::core::clone::Clone,
    {
        <PostTags as ::orm_core::__::LinkThrough<
            __C,
        >>::add_with(conn, self, [target], link)
    }
    ///Creates a row and links it, in one transaction.
    pub fn create_tag<__C: ::orm_core::Connection>(
        &self,
        conn: &mut __C,
        new: impl ::orm_core::IntoNew<Tag, Nested: ::orm_core::__::Alone>,
    ) -> ::orm_core::Result<Tag>
    where
        PostTags: ::orm_core::__::LinkPlainly<__C> + ::orm_core::__::CreateTarget<__C>,
    {
        <PostTags as ::orm_core::__::LinkPlainly<__C>>::create(conn, self, new)
    }
    ///Creates a row and links it with these columns of the junction, in one transaction.
    pub fn create_tag_with<__C: ::orm_core::Connection, __B>(
        &self,
        conn: &mut __C,
        new: impl ::orm_core::IntoNew<Tag, Nested: ::orm_core::__::Alone>,
        link: __B,
    ) -> ::orm_core::Result<Tag>
    where
        PostTags: ::orm_core::__::LinkThrough<__C>,
        __B: ::orm_core::__::FillLink<PostTags> + ::core::clone::Clone,
        PostTags: ::orm_core::__::CreateTarget<__C>,
    {
        <PostTags as ::orm_core::__::LinkThrough<
            __C,
        >>::create_with(conn, self, new, link)
    }
}
const _: () = {
    use ::orm_core::__::{self as __orm, SqlTypeOf as __S};
    type __F<const HASH: u64> = __orm::FieldOf<Post, HASH>;
    impl<__M> __orm::ApartFrom<__M> for posts::table
    where
        Post: __orm::InOneSchema<__M>,
    {}
    impl<__T: __orm::Table + __orm::ApartFrom<Post>> __orm::TableNotEqual<__T>
    for posts::table {}
    #[diagnostic::do_not_recommend]
    impl __orm::Model for Post {
        type Table = posts::table;
        type Columns = (posts::id,);
        type SqlType = (__S<posts::id>,);
        type Query = __orm::Select<posts::table, Self::Columns>;
        type PrimaryKey = __F<628021283683842752>;
        type Fields = (__F<628021283683842752>,);
        type Builder = PostBuilder;
        type With = PostWith;
        type Targets = (Tag, (PostTag, ()));
        type Hooks = __orm::NoHooks;
        const NAME: &'static str = ::core::stringify!(Post);
        const TABLE: &'static str = "posts";
        const META: __orm::ModelMeta = __orm::ModelMeta {
            columns: &[__orm::column("id", __orm::Kind::Integer)],
            primary_key: &["id"],
            generated_key: true,
            references: &[
                __orm::Reference::of_source_link::<PostTags>(__orm::None, __orm::None),
                __orm::Reference::of_target_link::<PostTags>(__orm::None, __orm::None),
            ],
            junctions: &[__orm::Junction::of::<PostTags>()],
            ..__orm::ModelMeta::of::<Self>()
        };
        fn query() -> Self::Query {
            __orm::QueryDsl::select(posts::table, Self::columns())
        }
        fn columns() -> Self::Columns {
            (posts::id,)
        }
        #[inline]
        fn of_row(__row: <Self::Fields as __orm::FieldList>::Row) -> Self {
            Self { id: __row.0 }
        }
        fn into_with(self) -> Self::With {
            PostWith {
                __model: self,
                tags: __orm::empty(),
            }
        }
    }
    impl __orm::TableOf<Post> for posts::table {
        type Then<__T> = __T;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::ColumnNamed<628021283683842752> for Post {
        type Column = posts::id;
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
    impl __orm::ColumnsOf<Post> for posts::id {
        type Fields = __F<628021283683842752>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::SingleKey for Post {
        type KeyField = __F<628021283683842752>;
    }
    impl __orm::UniqueKey<Post> for posts::id {}
    #[diagnostic::do_not_recommend]
    impl __orm::IntoTarget<Post> for i32 {
        type Presence = __orm::Always;
        fn primary_key(&self) -> __orm::Option<i32> {
            __orm::Some(__orm::Clone::clone(self))
        }
    }
    impl<__ST, __DB: __orm::Backend> __orm::Queryable<__ST, __DB> for Post
    where
        (i32,): __orm::FromStaticSqlRow<__ST, __DB>,
    {
        type Row = (i32,);
        fn build(__row: Self::Row) -> __orm::Read<Self> {
            __orm::Ok(<Self as __orm::Model>::of_row(__row))
        }
    }
    impl<__DB: __orm::Backend> __orm::Selectable<__DB> for Post {
        type SelectExpression = <Self as __orm::Model>::Columns;
        fn construct_selection() -> Self::SelectExpression {
            <Self as __orm::Model>::columns()
        }
    }
    impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for Post {}
    impl __orm::Selects<<Self as __orm::Model>::SqlType> for Post {}
    impl __orm::Building for NewPost {
        type Model = Post;
        type State = __orm::Whole;
        type Nested = ();
        type In<__State, __Nested> = PostBuilder<__State, __Nested>;
        fn into_parts(self) -> (__orm::Values<Post>, ()) {
            (__orm::values((self.id,)), ())
        }
    }
    #[allow(missing_docs)]
    impl<__State, __Nested> PostBuilder<__State, __Nested> {
        pub fn id(self, __value: i32) -> Self
        where
            __State: __orm::OfNewRow,
        {
            __orm::set::<__F<628021283683842752>, _>(self, __value)
        }
        ///New rows of `tags`, created together with this one.
        pub fn with_tags<__Rest, __B: __orm::NewLinked<PostTags>>(
            self,
            new: impl __orm::NewRows<__B>,
        ) -> PostBuilder<__State, (__Rest, __orm::LinkedRows<PostTags, __B::Nested>)>
        where
            __Nested: __orm::Lacks<PostTags, Rest = __Rest>,
        {
            PostBuilder(
                self.0,
                (__orm::Lacks::rest(self.1), __orm::LinkedRows::of(new)),
                __orm::PhantomData,
            )
        }
        ///Rows of `tags` that exist, linked to this one.
        pub fn link_tags<__Rest, __T: __orm::ExistingLink<PostTags>>(
            self,
            rows: impl __orm::ExistingList<__T>,
        ) -> PostBuilder<__State, (__Rest, __orm::ExistingRows<PostTags>)>
        where
            __Nested: __orm::Lacks<PostTags, Rest = __Rest>,
        {
            PostBuilder(
                self.0,
                (__orm::Lacks::rest(self.1), __orm::ExistingRows::of(rows)),
                __orm::PhantomData,
            )
        }
    }
    impl<__State, __Nested> __orm::Building for PostBuilder<__State, __Nested> {
        type Model = Post;
        type State = __State;
        type Nested = __Nested;
        type In<__Other, __Others> = PostBuilder<__Other, __Others>;
        fn into_parts(self) -> (__orm::Values<Post>, __Nested) {
            (self.0, self.1)
        }
    }
    impl<__State, __Nested> __orm::FromValues for PostBuilder<__State, __Nested> {
        fn of_parts(__values: __orm::Values<Post>, __nested: __Nested) -> Self {
            Self(__values, __nested, __orm::PhantomData)
        }
    }
    impl<TagsSlot> PostWith<TagsSlot> {
        /// The row without its slots.
        pub fn into_model(self) -> Post {
            self.__model
        }
    }
    impl<TagsSlot> __orm::Deref for PostWith<TagsSlot> {
        type Target = Post;
        fn deref(&self) -> &Post {
            &self.__model
        }
    }
    impl<TagsSlot> __orm::DerefMut for PostWith<TagsSlot> {
        fn deref_mut(&mut self) -> &mut Post {
            &mut self.__model
        }
    }
    impl<TagsSlot: __orm::Debug> __orm::Debug for PostWith<TagsSlot>
    where
        for<'__a> Post: __orm::Debug,
    {
        fn fmt(&self, __f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
            __orm::debug_row(
                __f,
                "PostWith",
                &self.__model,
                &[(::core::stringify!(tags), &self.tags)],
            )
        }
    }
    impl<TagsSlot: __orm::PartialEq> __orm::PartialEq for PostWith<TagsSlot>
    where
        for<'__a> Post: __orm::PartialEq,
    {
        fn eq(&self, __other: &Self) -> bool {
            self.__model == __other.__model && self.tags == __other.tags
        }
    }
    impl<TagsSlot: __orm::Clone> __orm::Row<Post> for PostWith<TagsSlot> {
        fn model(&self) -> &Post {
            &self.__model
        }
    }
    #[diagnostic::do_not_recommend]
    impl __orm::Vacant<PostTags> for PostWith<__orm::NotIncluded<PostTags>> {
        type Filled<__Slot> = PostWith<__Slot>;
        type Then<__T> = __T;
        fn fill<__Slot>(self, __slot: __Slot) -> Self::Filled<__Slot> {
            PostWith {
                __model: self.__model,
                tags: __slot,
            }
        }
    }
    impl<TagsSlot: __orm::SerializeSlot> __orm::Serialize for PostWith<TagsSlot>
    where
        for<'__a> Post: __orm::SerializeModel,
    {
        fn serialize<__S: __orm::Serializer>(
            &self,
            __serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error> {
            let mut __row = __orm::SerializeRow::new(
                __serializer,
                &self.__model,
                const { &[("tags", TagsSlot::INCLUDED)] },
            )?;
            __row.slot("tags", &self.tags)?;
            __row.end()
        }
    }
    impl __orm::Association for PostTags {
        type Source = Post;
        type Target = __orm::Itself<Tag>;
        type Key = i32;
        type SourceField = __F<628021283683842752>;
        type Shape = __orm::shape::Links<PostTag>;
        type Via = __orm::Via<__orm::All<PostTag>>;
        const NAME: &'static str = "tags";
    }
    impl<__Nested: __orm::RowFor<Tag>> __orm::SpecItem for PostTags<__Nested> {
        type Association = PostTags;
        type Row = __Nested::Row;
        type Shape = __orm::shape::Links<PostTag>;
    }
    #[diagnostic::do_not_recommend]
    impl __orm::StartsFrom<Post> for PostTags {
        type Then<__T> = __T;
    }
    impl __orm::Through for PostTags {
        type Junction = __orm::Itself<PostTag>;
        type TargetKey = <<__orm::Itself<
            Tag,
        > as __orm::SingleKey>::KeyField as __orm::Field>::Value;
        type TargetField = <__orm::Itself<Tag> as __orm::SingleKey>::KeyField;
        type SourceLink = __orm::FieldOf<__orm::Itself<PostTag>, 7948871530121469365>;
        type TargetLink = __orm::FieldOf<__orm::Itself<PostTag>, 14054663237666444361>;
        type Identity = __orm::Identified<{ __orm::identifies::<PostTags>() }>;
    }
};
