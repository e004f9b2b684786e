//! One include, of every kind, with every option.

use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, Linked};
use proptest::prelude::*;

use super::CASES;
use super::graph::*;
use super::oracle::{Options, Scored, WeighedTag, options, ranked, sorted};

/// Roots, each with what the include gives it.
type Slots<Root, Slot> = Vec<(Root, Slot)>;

/// Loads a query ordered by id, and takes each root and one slot out of its row.
macro_rules! load {
    ($query:expr, $slot:ident, $conn:expr) => {{
        let rows = $query.load($conn)?.into_iter();
        rows.map(|row| ((*row).clone(), row.$slot))
            .collect::<Vec<_>>()
    }};
}

/// A loader with the options of one association to many rows.
macro_rules! with_options {
    ($loader:expr, $table:ident, $options:expr) => {{
        let Options {
            floor,
            extra,
            skip,
            take,
        } = $options;
        $loader
            .filter($table::score.ge(floor))
            .or_filter($table::score.eq(extra))
            .order($table::score.desc())
            .then_order_by($table::id.asc())
            .offset(skip)
            .limit(take)
    }};
}

/// All roots.
fn all<R: Clone, S>(roots: &[R], slot: impl Fn(&R) -> S) -> Slots<R, S> {
    roots
        .iter()
        .map(|root| (root.clone(), slot(root)))
        .collect()
}

/// Those roots that a required include leaves.
fn those_with<R: Clone, S>(roots: &[R], slot: impl Fn(&R) -> Option<S>) -> Slots<R, S> {
    let row = |root: &R| Some((root.clone(), slot(root)?));
    roots.iter().filter_map(row).collect()
}

fn non_empty<T>(rows: Vec<T>) -> Option<Vec<T>> {
    (!rows.is_empty()).then_some(rows)
}

/// The slots of an include without an order, made comparable.
fn by_id<R, T: Scored>(slots: Slots<R, Vec<T>>) -> Slots<R, Vec<T>> {
    let slots = slots.into_iter();
    slots.map(|(root, rows)| (root, sorted(rows))).collect()
}

fn weighed<R>(slots: Slots<R, Vec<Linked<Tag, PostTag>>>) -> Slots<R, Vec<WeighedTag>> {
    let pair = |tag: Linked<Tag, PostTag>| (Tag::clone(&tag), tag.through);
    let slots = slots.into_iter();
    slots
        .map(|(root, tags)| (root, tags.into_iter().map(pair).collect()))
        .collect()
}

fn count<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn has_many(graph in graph()) {
        let conn = &mut *graph.stored();
        let users = User::query().order(users::id.asc());
        let loaded = load!(users.include(User::posts()), posts, conn);
        prop_assert_eq!(by_id(loaded), all(&graph.users, |user| graph.posts_of(user)));
        let loaded = load!(users.include(User::edited_posts()), edited_posts, conn);
        prop_assert_eq!(by_id(loaded), all(&graph.users, |user| graph.edited_by(user)));
        let loaded = load!(users.include(User::students()), students, conn);
        prop_assert_eq!(by_id(loaded), all(&graph.users, |user| graph.students_of(user)));
    }

    #[test]
    fn has_many_with_options(graph in graph(), options in options()) {
        let conn = &mut *graph.stored();
        let users = User::query().order(users::id.asc());
        let loader = with_options!(User::posts(), posts, options);
        let loaded = load!(users.include(loader), posts, conn);
        let expected = all(&graph.users, |user| options.pick(&graph.posts_of(user)));
        prop_assert_eq!(loaded, expected);

        let loader = with_options!(User::edited_posts(), posts, options).required();
        let loaded = load!(users.include(loader), edited_posts, conn);
        let expected = those_with(&graph.users, |user| {
            non_empty(options.pick(&graph.edited_by(user)))
        });
        prop_assert_eq!(loaded, expected);
    }

    #[test]
    fn has_many_ordered_without_a_limit(graph in graph()) {
        let conn = &mut *graph.stored();
        let loader = User::posts().order((posts::score.desc(), posts::id.asc()));
        let users = User::query().order(users::id.asc());
        let loaded = load!(users.include(loader), posts, conn);
        prop_assert_eq!(loaded, all(&graph.users, |user| ranked(graph.posts_of(user))));
    }

    #[test]
    fn has_many_limited_without_an_order_goes_by_key(graph in graph(), options in options()) {
        let conn = &mut *graph.stored();
        let loader = User::posts().limit(options.take).offset(options.skip);
        let users = User::query().order(users::id.asc());
        let loaded = load!(users.include(loader), posts, conn);
        let expected = all(&graph.users, |user| options.slice(graph.posts_of(user)));
        prop_assert_eq!(loaded, expected);
    }

    #[test]
    fn has_many_counted(graph in graph(), options in options()) {
        let conn = &mut *graph.stored();
        let users = User::query().order(users::id.asc());
        let loaded = load!(users.include(User::posts().count()), posts, conn);
        prop_assert_eq!(loaded, all(&graph.users, |user| count(&graph.posts_of(user))));

        let loader = User::edited_posts()
            .filter(posts::score.ge(options.floor))
            .or_filter(posts::score.eq(options.extra));
        let matching = |user: &User| count(&options.matching(&graph.edited_by(user)));
        let loaded = load!(users.include(loader.count().required()), edited_posts, conn);
        let expected = those_with(&graph.users, |user| Some(matching(user)).filter(|n| *n > 0));
        prop_assert_eq!(loaded, expected);
    }

    #[test]
    fn has_one(graph in graph(), options in options()) {
        let conn = &mut *graph.stored();
        let users = User::query().order(users::id.asc());
        let best = |user: &User| options.matching(&graph.profiles_of(user)).into_iter().next();
        // Nothing makes this key unique: the first in the loader's order is the one.
        let loader = || {
            User::profile()
                .filter(profiles::score.ge(options.floor))
                .or_filter(profiles::score.eq(options.extra))
                .order((profiles::score.desc(), profiles::id.asc()))
        };
        let loaded = load!(users.include(loader()), profile, conn);
        prop_assert_eq!(loaded, all(&graph.users, best));
        let loaded = load!(users.include(loader().required()), profile, conn);
        prop_assert_eq!(loaded, those_with(&graph.users, best));
    }

    #[test]
    fn belongs_to_a_nullable_key(graph in graph(), options in options()) {
        let conn = &mut *graph.stored();
        let posts = Post::query().order(posts::id.asc());
        let editor = |post: &Post| graph.user(post.editor_id);
        let matching = |post: &Post| editor(post).filter(|user| user.score >= options.floor);
        let good = users::score.ge(options.floor);

        let loaded = load!(posts.include(Post::editor()), editor, conn);
        prop_assert_eq!(loaded, all(&graph.posts, editor));
        let loaded = load!(posts.include(Post::editor().required()), editor, conn);
        prop_assert_eq!(loaded, those_with(&graph.posts, editor));
        let loaded = load!(posts.include(Post::editor().filter(good)), editor, conn);
        prop_assert_eq!(loaded, all(&graph.posts, matching));
        let loaded = load!(posts.include(Post::editor().filter(good).required()), editor, conn);
        prop_assert_eq!(loaded, those_with(&graph.posts, matching));
    }

    #[test]
    fn belongs_to_a_required_key(graph in graph(), options in options()) {
        let conn = &mut *graph.stored();
        let posts = Post::query().order(posts::id.asc());
        let author = |post: &Post| graph.user(Some(post.author_id));
        let matching = |post: &Post| author(post).filter(|user| user.score >= options.floor);
        let good = users::score.ge(options.floor);

        let loaded = load!(posts.include(Post::author().filter(good)), author, conn);
        prop_assert_eq!(loaded, all(&graph.posts, matching));
        let loaded = load!(posts.include(Post::author().filter(good).required()), author, conn);
        prop_assert_eq!(loaded, those_with(&graph.posts, matching));
        let loaded = load!(posts.include(Post::author().required().filter(good)), author, conn);
        prop_assert_eq!(loaded, those_with(&graph.posts, matching));
        let loaded = load!(posts.include(Post::author().required()), author, conn);
        prop_assert_eq!(loaded, those_with(&graph.posts, author));
    }

    #[test]
    fn belongs_to_a_row_that_is_missing(graph in graph()) {
        let conn = &mut *graph.stored();
        let loaded = Post::query().include(Post::author()).order(posts::id.asc()).load(conn);
        let lost = graph.posts.iter().find(|post| graph.user(Some(post.author_id)).is_none());
        match (loaded, lost) {
            (Ok(posts), None) => {
                let loaded: Vec<_> = posts.into_iter().map(|post| Some(post.author)).collect();
                let authors = graph.posts.iter().map(|post| graph.user(Some(post.author_id)));
                prop_assert_eq!(loaded, authors.collect::<Vec<_>>());
            }
            (Err(Error::Dangling { model: "Post", association: "author", key, .. }), Some(post)) => {
                prop_assert_eq!(key, format!("author_id = {}", post.author_id));
            }
            (loaded, lost) => prop_assert!(false, "{:?} but missing {:?}", loaded, lost),
        }
    }

    #[test]
    fn many_to_many(graph in graph()) {
        let conn = &mut *graph.stored();
        let posts = Post::query().order(posts::id.asc());
        let loaded = weighed(load!(posts.include(Post::tags()), tags, conn));
        prop_assert_eq!(by_id(loaded), all(&graph.posts, |post| graph.tags_of(post)));
        let loaded = load!(posts.include(Post::tags().without_through()), tags, conn);
        let tags = |post: &Post| graph.tags_of(post).into_iter().map(|(tag, _)| tag).collect();
        prop_assert_eq!(by_id(loaded), all(&graph.posts, tags));
        // The same junction from its other side.
        let tags = Tag::query().order(tags::id.asc());
        let loaded = load!(tags.include(Tag::posts().without_through()), posts, conn);
        prop_assert_eq!(by_id(loaded), all(&graph.tags, |tag| graph.posts_tagged(tag)));
    }

    #[test]
    fn many_to_many_with_options(graph in graph(), options in options(), weight in score()) {
        let conn = &mut *graph.stored();
        let posts = Post::query().order(posts::id.asc());
        let heavy = |post: &Post| {
            let mut tags = graph.tags_of(post);
            tags.retain(|(_, link)| link.weight >= weight);
            options.pick(&tags)
        };
        let loader = || {
            with_options!(Post::tags(), tags, options.clone())
                .through_filter(post_tags::weight.ge(weight))
        };
        let loaded = weighed(load!(posts.include(loader()), tags, conn));
        prop_assert_eq!(loaded, all(&graph.posts, heavy));
        let loaded = weighed(load!(posts.include(loader().required()), tags, conn));
        prop_assert_eq!(loaded, those_with(&graph.posts, |post| non_empty(heavy(post))));
        let loaded = load!(posts.include(loader().without_through().required()), tags, conn);
        let bare = |post: &Post| heavy(post).into_iter().map(|(tag, _)| tag).collect();
        prop_assert_eq!(loaded, those_with(&graph.posts, |post| non_empty(bare(post))));
    }

    #[test]
    fn many_to_many_ordered_without_a_limit(graph in graph(), weight in score()) {
        let conn = &mut *graph.stored();
        let loader = Post::tags()
            .through_filter(post_tags::weight.ne(weight))
            .order((tags::score.desc(), tags::id.asc()));
        let posts = Post::query().order(posts::id.asc());
        let loaded = weighed(load!(posts.include(loader), tags, conn));
        let expected = all(&graph.posts, |post| {
            let mut tags = graph.tags_of(post);
            tags.retain(|(_, link)| link.weight != weight);
            ranked(tags)
        });
        prop_assert_eq!(loaded, expected);
    }

    #[test]
    fn many_to_many_counted(graph in graph(), options in options(), weight in score()) {
        let conn = &mut *graph.stored();
        let posts = Post::query().order(posts::id.asc());
        let loaded = load!(posts.include(Post::tags().count()), tags, conn);
        prop_assert_eq!(loaded, all(&graph.posts, |post| count(&graph.tags_of(post))));

        let loader = Post::tags()
            .filter(tags::score.ge(options.floor))
            .or_filter(tags::score.eq(options.extra))
            .through_filter(post_tags::weight.ge(weight));
        let heavy = |post: &Post| {
            let mut tags = options.matching(&graph.tags_of(post));
            tags.retain(|(_, link)| link.weight >= weight);
            count(&tags)
        };
        let loaded = load!(posts.include(loader.count().required()), tags, conn);
        let expected = those_with(&graph.posts, |post| Some(heavy(post)).filter(|n| *n > 0));
        prop_assert_eq!(loaded, expected);
    }

    #[test]
    fn getters(graph in graph(), options in options(), some in prop::collection::vec(1..=6_i32, 0..4)) {
        let conn = &mut *graph.stored();
        for user in &graph.users {
            let posts = graph.edited_by(user);
            prop_assert_eq!(sorted(user.get_edited_posts(conn)?), posts.clone());
            prop_assert_eq!(user.count_edited_posts(conn)?, count(&posts));
            let linked = |id: &i32| posts.iter().any(|post| post.id == *id);
            prop_assert_eq!(user.has_edited_posts(conn, some.clone())?, some.iter().all(linked));
            let query = user.query_edited_posts().filter(posts::score.ge(options.floor));
            let good = posts.into_iter().filter(|post| post.score >= options.floor);
            prop_assert_eq!(sorted(query.load::<Post>(conn)?), good.collect::<Vec<_>>());
            prop_assert_eq!(user.get_mentor(conn)?, graph.user(user.mentor_id));
            prop_assert_eq!(user.has_profile(conn)?, !graph.profiles_of(user).is_empty());
        }
        for post in &graph.posts {
            let tags: Vec<Tag> = graph.tags_of(post).into_iter().map(|(tag, _)| tag).collect();
            prop_assert_eq!(sorted(post.get_tags(conn)?), tags.clone());
            let query = post.query_tags().filter(tags::score.ge(options.floor));
            let good = tags.into_iter().filter(|tag| tag.score >= options.floor);
            prop_assert_eq!(sorted(query.load::<Tag>(conn)?), good.collect::<Vec<_>>());
        }
    }
}
