::diesel::table! {
    #[doc = "The table of `Post`."] #[sql_name = "posts"] posts(id) { #[sql_name = "id"]
    id -> ::diesel::sql_types::Integer, }
}
impl<Other> ::orm_core::__private::ApartFrom<Other> for posts::table
where
    Post: ::orm_core::__private::InOneSchema<Other>,
{}
impl<Other> ::diesel::query_source::TableNotEqual<Other> for posts::table
where
    Other: ::diesel::query_source::Table + ::orm_core::__private::ApartFrom<Post>,
{}
#[automatically_derived]
impl ::orm_core::Model for Post {
    type Table = posts::table;
    type Columns = (posts::id,);
    type SqlType = (::diesel::dsl::SqlTypeOf<posts::id>,);
    type Query = ::diesel::dsl::Select<posts::table, (posts::id,)>;
    type PrimaryKey = ::orm_core::__private::FieldOf<Post, 628021283683842752u64>;
    type New = NewPost;
    type Builder = PostBuilder;
    type Changes = PostChanges;
    type With = PostWith;
    type Targets = (Tag, (PostTag, ()));
    const NAME: &'static str = ::core::stringify!(Post);
    const TABLE: &'static str = "posts";
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
        ],
        primary_key: &["id"],
        generated_key: true,
        uniques: &[],
        indexes: &[],
        references: &[
            ::orm_core::__private::Reference::of_source_link::<
                PostTags,
            >(::core::option::Option::None, ::core::option::Option::None),
            ::orm_core::__private::Reference::of_target_link::<
                PostTags,
            >(::core::option::Option::None, ::core::option::Option::None),
        ],
        junctions: &[::orm_core::__private::Junction::of::<PostTags>()],
    };
    fn query() -> Self::Query {
        ::diesel::QueryDsl::select(posts::table, (posts::id,))
    }
    fn columns() -> Self::Columns {
        (posts::id,)
    }
    fn into_with(self) -> Self::With {
        PostWith::__new(self)
    }
}
#[automatically_derived]
impl ::orm_core::__private::TableOf<Post> for posts::table {
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
}
impl Post {
    /// An insert builder with nothing set.
    #[must_use]
    pub fn builder() -> PostBuilder {
        <PostBuilder as ::core::default::Default>::default()
    }
    /// Changes for `update`, with nothing set.
    #[must_use]
    pub fn changes() -> PostChanges {
        <PostChanges as ::core::default::Default>::default()
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ColumnNamed<628021283683842752u64> for Post {
    type Column = posts::id;
    type Sql = ::diesel::sql_types::Integer;
    type Value = i32;
    const FIELD: &'static str = "id";
    const EXPR: &'static Self::Column = &posts::id;
    fn read(&self) -> &i32 {
        &self.id
    }
    fn write(&mut self, value: i32) {
        self.id = value;
    }
}
#[automatically_derived]
impl ::orm_core::__private::SingleKey for Post {
    type KeyField = ::orm_core::__private::FieldOf<Post, 628021283683842752u64>;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::IntoTarget<Post> for i32 {
    type Presence = ::orm_core::__private::Always;
    fn primary_key(&self) -> ::core::option::Option<::orm_core::__private::KeyOf<Post>> {
        ::core::option::Option::Some(::core::clone::Clone::clone(self))
    }
    fn row(&self) -> ::core::option::Option<&Post> {
        ::core::option::Option::None
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl<TagsSlot> ::orm_core::IntoTarget<Post> for &PostWith<TagsSlot> {
    type Presence = ::orm_core::__private::Always;
    fn primary_key(&self) -> ::core::option::Option<::orm_core::__private::KeyOf<Post>> {
        ::core::option::Option::Some(
            <<Post as ::orm_core::Model>::PrimaryKey as ::orm_core::__private::PrimaryKey>::of(
                &self.__model,
            ),
        )
    }
    fn row(&self) -> ::core::option::Option<&Post> {
        ::core::option::Option::Some(&self.__model)
    }
}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
    __ST0,
> ::diesel::deserialize::Queryable<(__ST0,), __DB> for Post
where
    (i32,): ::diesel::deserialize::FromStaticSqlRow<(__ST0,), __DB>,
{
    type Row = (i32,);
    fn build(row: Self::Row) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self { id: row.0 })
    }
}
#[automatically_derived]
impl<__DB: ::diesel::backend::Backend> ::diesel::expression::Selectable<__DB> for Post {
    type SelectExpression = (posts::id,);
    fn construct_selection() -> Self::SelectExpression {
        (posts::id,)
    }
}
#[automatically_derived]
impl ::orm_core::__private::Selects<<Post as ::orm_core::Model>::SqlType> for Post {}
#[automatically_derived]
impl<
    __DB: ::diesel::backend::Backend,
> ::orm_core::__private::Selects<::diesel::dsl::AsSelect<Post, __DB>> for Post {}
#[automatically_derived]
impl<__DB> ::orm_core::__private::ReadColumns<__DB> for Post
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Post,
        628021283683842752u64,
    >: ::orm_core::__private::ReadValue<__DB>,
{
    fn read_columns<'__a>(
        row: &impl ::diesel::row::Row<'__a, __DB>,
    ) -> ::diesel::deserialize::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: <::orm_core::__private::FieldOf<
                Post,
                628021283683842752u64,
            > as ::orm_core::__private::ReadValue<__DB>>::read_value(row, 0usize)?,
        })
    }
}
///A new [`Post`], for `Post::create`. What is an `Option` beside NULL may be left to the database.
#[derive(Debug, Clone)]
pub struct NewPost {
    ///The column `id`.
    pub id: ::core::option::Option<i32>,
}
#[automatically_derived]
impl ::orm_core::__private::Given for NewPost {
    type Model = Post;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0).with(0usize, self.id.is_some())
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for NewPost
where
    __DB: ::diesel::backend::Backend,
    ::orm_core::__private::FieldOf<
        Post,
        628021283683842752u64,
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
                    Post,
                    628021283683842752u64,
                > as ::orm_core::__private::BindValue<__DB>>::bind_given(&self.id, out)
            }
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::IntoNew<Post> for NewPost {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0).with(0usize, self.id.is_some())
    }
    fn into_new(self) -> NewPost {
        self
    }
}
///Collects the columns of a new [`Post`]. Required ones are parameters of the type until they are set.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it is passed to `create`"]
pub struct PostBuilder {
    id: ::core::option::Option<i32>,
    __stated: ::orm_core::__private::ColumnSet,
}
#[automatically_derived]
impl ::core::default::Default for PostBuilder {
    fn default() -> Self {
        Self {
            id: ::core::option::Option::None,
            __stated: ::orm_core::__private::ColumnSet::new(),
        }
    }
}
impl PostBuilder {
    ///Sets the column `id`.
    pub fn id(self, value: i32) -> PostBuilder {
        ::orm_core::__private::SetField::<
            ::orm_core::__private::FieldOf<Post, 628021283683842752u64>,
        >::set_field(self, value)
    }
}
#[automatically_derived]
impl ::orm_core::__private::SetField<
    ::orm_core::__private::FieldOf<Post, 628021283683842752u64>,
> for PostBuilder {
    type Output = PostBuilder;
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
impl ::orm_core::IntoNew<Post> for PostBuilder {
    fn stated(&self) -> ::orm_core::__private::ColumnSet {
        self.__stated
    }
    fn into_new(self) -> NewPost {
        NewPost { id: self.id }
    }
}
///Collects changes of a [`Post`], for `update`. Columns that are not set stay as they are.
#[derive(Debug, Clone, Default)]
#[must_use = "changes do nothing until they are passed to `update`"]
pub struct PostChanges {}
impl PostChanges {}
#[automatically_derived]
impl ::orm_core::__private::Given for PostChanges {
    type Model = Post;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0)
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for PostChanges
where
    __DB: ::diesel::backend::Backend,
{
    fn bind<'__b>(
        &'__b self,
        index: usize,
        out: ::diesel::query_builder::AstPass<'_, '__b, __DB>,
    ) -> ::diesel::QueryResult<()> {
        match index {
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Given for Post {
    type Model = Post;
    fn given(&self) -> ::orm_core::__private::ColumnSet {
        ::orm_core::__private::ColumnSet::of(0)
    }
}
#[automatically_derived]
impl<__DB> ::orm_core::__private::Values<__DB> for Post
where
    __DB: ::diesel::backend::Backend,
{
    fn bind<'__b>(
        &'__b self,
        index: usize,
        out: ::diesel::query_builder::AstPass<'_, '__b, __DB>,
    ) -> ::diesel::QueryResult<()> {
        match index {
            _ => ::core::result::Result::Ok(()),
        }
    }
}
#[automatically_derived]
impl ::orm_core::__private::Changes<Post> for PostChanges {
    #[allow(unused_variables)]
    fn apply(self, row: &mut Post) {}
}
///A [`Post`] with one slot per association; it derefs to the `Post`.
pub struct PostWith<TagsSlot = ::orm_core::NotIncluded<PostTags>> {
    __model: Post,
    ///The association `tags`, where the query included it.
    pub tags: TagsSlot,
}
impl PostWith {
    fn __new(model: Post) -> Self {
        Self {
            __model: model,
            tags: ::orm_core::NotIncluded::new(),
        }
    }
}
impl<TagsSlot> PostWith<TagsSlot> {
    /// The row without its slots.
    #[must_use]
    pub fn into_model(self) -> Post {
        self.__model
    }
}
#[automatically_derived]
impl<TagsSlot> ::core::ops::Deref for PostWith<TagsSlot> {
    type Target = Post;
    fn deref(&self) -> &Post {
        &self.__model
    }
}
#[automatically_derived]
impl<TagsSlot> ::core::ops::DerefMut for PostWith<TagsSlot> {
    fn deref_mut(&mut self) -> &mut Post {
        &mut self.__model
    }
}
#[automatically_derived]
impl<TagsSlot: ::core::clone::Clone> ::core::clone::Clone for PostWith<TagsSlot> {
    fn clone(&self) -> Self {
        Self {
            __model: ::core::clone::Clone::clone(&self.__model),
            tags: ::core::clone::Clone::clone(&self.tags),
        }
    }
}
#[automatically_derived]
impl<TagsSlot: ::core::fmt::Debug> ::core::fmt::Debug for PostWith<TagsSlot>
where
    for<'__a> Post: ::core::fmt::Debug,
{
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_struct("PostWith")
            .field("model", &self.__model)
            .field(::core::stringify!(tags), &self.tags)
            .finish()
    }
}
#[automatically_derived]
impl<TagsSlot: ::core::cmp::PartialEq> ::core::cmp::PartialEq for PostWith<TagsSlot>
where
    for<'__a> Post: ::core::cmp::PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        self.__model == other.__model && self.tags == other.tags
    }
}
#[automatically_derived]
impl<TagsSlot: ::core::clone::Clone> ::orm_core::__private::Row<Post>
for PostWith<TagsSlot> {
    fn model(&self) -> &Post {
        &self.__model
    }
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::Vacant<PostTags>
for PostWith<::orm_core::NotIncluded<PostTags>> {
    type Filled<__Slot> = PostWith<__Slot>;
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
    fn fill<__Slot>(self, slot: __Slot) -> Self::Filled<__Slot> {
        PostWith {
            __model: self.__model,
            tags: slot,
        }
    }
}
///The association `tags` of [`Post`].
pub struct PostTags<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);
#[automatically_derived]
impl ::core::fmt::Debug for PostTags {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(::core::stringify!(PostTags))
    }
}
#[automatically_derived]
impl ::orm_core::__private::Association for PostTags {
    type Source = Post;
    type Target = Tag;
    type Key = i32;
    type SourceField = ::orm_core::__private::FieldOf<Post, 628021283683842752u64>;
    type Shape = ::orm_core::__private::shape::Links<PostTag>;
    type Via = ::orm_core::__private::Via<::orm_core::__private::All<PostTag>>;
    const NAME: &'static str = "tags";
}
#[automatically_derived]
impl<__Nested: ::orm_core::__private::RowFor<Tag>> ::orm_core::__private::SpecItem
for PostTags<__Nested> {
    type Association = PostTags;
    type Row = __Nested::Row;
    type Shape = ::orm_core::__private::shape::Links<PostTag>;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::StartsFrom<Post> for PostTags {
    type Then<__T> = __T;
    fn then<__T>(value: __T) -> __T {
        value
    }
}
#[automatically_derived]
impl ::orm_core::__private::Through for PostTags {
    type Junction = PostTag;
    type TargetKey = <<Tag as ::orm_core::__private::SingleKey>::KeyField as ::orm_core::__private::Field>::Value;
    type TargetField = <Tag as ::orm_core::__private::SingleKey>::KeyField;
    type SourceLink = ::orm_core::__private::FieldOf<PostTag, 7948871530121469365u64>;
    type TargetLink = ::orm_core::__private::FieldOf<PostTag, 14054663237666444361u64>;
}
#[diagnostic::do_not_recommend]
#[automatically_derived]
impl ::orm_core::__private::ToMany for PostTags {}
#[allow(clippy::missing_errors_doc)]
impl Post {
    ///Includes `tags`: pass it to `.include(…)`.
    pub fn tags() -> ::orm_core::Loader<PostTags> {
        ::orm_core::Loader::new()
    }
    ///The Diesel query behind `get_tags`.
    #[must_use]
    pub fn query_tags<Query>(&self) -> Query
    where
        PostTags: ::orm_core::__private::belongs_to_many::QueryThrough<Query>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::QueryThrough<
            Query,
        >>::query(self)
    }
    ///All rows that are linked.
    pub fn get_tags<__C>(
        &self,
        conn: &mut __C,
    ) -> ::orm_core::Result<::std::vec::Vec<Tag>>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::ReadThrough<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::ReadThrough<
            __C,
        >>::get(conn, self)
    }
    ///How many rows are linked.
    pub fn count_tags<__C>(&self, conn: &mut __C) -> ::orm_core::Result<i64>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::ReadThrough<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::ReadThrough<
            __C,
        >>::count(conn, self)
    }
    ///Whether this row is linked.
    pub fn has_tag<__C>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::IntoTarget<
            Tag,
            Presence = ::orm_core::__private::Always,
        >,
    ) -> ::orm_core::Result<bool>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkThrough<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkThrough<
            __C,
        >>::has(conn, self, [target])
    }
    ///Whether all of these are linked.
    pub fn has_tags<__C>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
    ) -> ::orm_core::Result<bool>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkThrough<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkThrough<
            __C,
        >>::has(conn, self, targets)
    }
    ///Links this row; a link that is there stays.
    pub fn add_tag<__C>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::IntoTarget<
            Tag,
            Presence = ::orm_core::__private::Always,
        >,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkPlainly<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkPlainly<
            __C,
        >>::add(conn, self, [target])
    }
    ///Links these rows, in one statement; links that are there stay.
    pub fn add_tags<__C>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkPlainly<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkPlainly<
            __C,
        >>::add(conn, self, targets)
    }
    ///Unlinks this row.
    pub fn remove_tag<__C>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::IntoTarget<
            Tag,
            Presence = ::orm_core::__private::Always,
        >,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkThrough<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkThrough<
            __C,
        >>::remove(conn, self, [target])
    }
    ///Unlinks these rows, in one statement.
    pub fn remove_tags<__C>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkThrough<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkThrough<
            __C,
        >>::remove(conn, self, targets)
    }
    ///Links exactly these rows: one transaction, which writes only what changes.
    pub fn set_tags<__C>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkPlainly<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkPlainly<
            __C,
        >>::set(conn, self, targets)
    }
    ///Links exactly these rows, with these columns of the junction.
    pub fn set_tags_with<__C, __B>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
        link: __B,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkThrough<__C>,
        __B: ::orm_core::__private::belongs_to_many::FillLink<PostTags>
            + ::core::clone::Clone,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkThrough<
            __C,
        >>::set_with(conn, self, targets, link)
    }
    ///Links these rows, with these columns of the junction; links that are there take them.
    pub fn add_tags_with<__C, __B>(
        &self,
        conn: &mut __C,
        targets: impl ::orm_core::Targets<Tag>,
        link: __B,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkThrough<__C>,
        __B: ::orm_core::__private::belongs_to_many::FillLink<PostTags>
            + ::core::clone::Clone,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkThrough<
            __C,
        >>::add_with(conn, self, targets, link)
    }
    ///Links this row, with these columns of the junction; a link that is there takes them.
    pub fn add_tag_with<__C, __B>(
        &self,
        conn: &mut __C,
        target: impl ::orm_core::IntoTarget<
            Tag,
            Presence = ::orm_core::__private::Always,
        >,
        link: __B,
    ) -> ::orm_core::Result<()>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkThrough<__C>,
        __B: ::orm_core::__private::belongs_to_many::FillLink<PostTags>
            + ::core::clone::Clone,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkThrough<
            __C,
        >>::add_with(conn, self, [target], link)
    }
    ///Creates a row and links it, in one transaction.
    pub fn create_tag<__C>(
        &self,
        conn: &mut __C,
        new: impl ::orm_core::IntoNew<Tag>,
    ) -> ::orm_core::Result<Tag>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkPlainly<__C>,
        PostTags: ::orm_core::__private::CreateTarget<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkPlainly<
            __C,
        >>::create(conn, self, new)
    }
    ///Creates a row and links it with these columns of the junction, in one transaction.
    pub fn create_tag_with<__C, __B>(
        &self,
        conn: &mut __C,
        new: impl ::orm_core::IntoNew<Tag>,
        link: __B,
    ) -> ::orm_core::Result<Tag>
    where
        __C: ::orm_core::Connection,
        PostTags: ::orm_core::__private::belongs_to_many::LinkThrough<__C>,
        __B: ::orm_core::__private::belongs_to_many::FillLink<PostTags>
            + ::core::clone::Clone,
        PostTags: ::orm_core::__private::CreateTarget<__C>,
    {
        <PostTags as ::orm_core::__private::belongs_to_many::LinkThrough<
            __C,
        >>::create_with(conn, self, new, link)
    }
}
