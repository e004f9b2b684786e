//! Includes in includes, beside each other, and under root queries of their own.

use diesel::prelude::*;
use orm_core::prelude::*;
use proptest::prelude::*;

use super::CASES;
use super::graph::*;
use super::oracle::{Options, Scored, WeighedTag, options, ranked, sorted};

fn ids<'a, R: Scored + 'a>(rows: impl IntoIterator<Item = &'a R>) -> Vec<i32> {
    rows.into_iter().map(Scored::id).collect()
}

impl Graph {
    /// The tags of a post over links of some weight, by id.
    fn heavy_tags_of(&self, post: &Post, weight: i32) -> Vec<WeighedTag> {
        let mut tags = self.tags_of(post);
        tags.retain(|(_, link)| link.weight >= weight);
        tags
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    /// Four levels; limits, filters and orders at each.
    #[test]
    fn a_tree(graph in graph(), root in options(), outer in options(), inner in options()) {
        let conn = &mut *graph.stored();
        let loaded = User::query()
            .filter(users::score.ge(root.floor))
            .include(
                User::posts()
                    .filter(posts::score.ge(outer.floor))
                    .order((posts::score.desc(), posts::id.asc()))
                    .limit(outer.take)
                    .offset(outer.skip)
                    .include(
                        Post::comments()
                            .filter(comments::score.ge(inner.floor))
                            .order((comments::score.desc(), comments::id.asc()))
                            .limit(inner.take)
                            .include(Comment::user().include(User::mentor())),
                    )
                    .include(
                        Post::tags()
                            .through_filter(post_tags::weight.ge(inner.floor))
                            .order(tags::id.asc()),
                    )
                    .include(Post::editor().include(User::profile().order(profiles::id.asc()))),
            )
            .include(User::students().count())
            .order((users::score.desc(), users::id.asc()))
            .limit(root.take)
            .offset(root.skip)
            .load(conn)?;

        let good = graph.users.iter().filter(|user| user.score >= root.floor).cloned();
        let expected = root.slice(ranked(good.collect()));
        prop_assert_eq!(loaded.len(), expected.len());
        for (row, user) in loaded.iter().zip(&expected) {
            prop_assert_eq!(&**row, user);
            prop_assert_eq!(row.students, i64::try_from(graph.students_of(user).len())?);
            let outer = Options { extra: -1, ..outer.clone() };
            let posts = outer.pick(&graph.posts_of(user));
            prop_assert_eq!(row.posts.len(), posts.len());
            for (row, post) in row.posts.iter().zip(&posts) {
                prop_assert_eq!(&**row, post);
                let inner = Options { extra: -1, skip: 0, ..inner.clone() };
                let comments = inner.pick(&graph.comments_of(post));
                prop_assert_eq!(row.comments.len(), comments.len());
                for (row, comment) in row.comments.iter().zip(&comments) {
                    prop_assert_eq!(&**row, comment);
                    let user = graph.user(comment.user_id);
                    prop_assert_eq!(row.user.as_deref(), user.as_ref());
                    let mentor = user.and_then(|user| graph.user(user.mentor_id));
                    prop_assert_eq!(row.user.as_ref().and_then(|row| row.mentor.clone()), mentor);
                }
                let tags = row.tags.iter().map(|tag| (Tag::clone(tag), tag.through.clone()));
                let heavy = graph.heavy_tags_of(post, inner.floor);
                prop_assert_eq!(tags.collect::<Vec<_>>(), heavy);
                let editor = graph.user(post.editor_id);
                prop_assert_eq!(row.editor.as_deref(), editor.as_ref());
                let profile = editor.and_then(|user| graph.profiles_of(&user).into_iter().next());
                prop_assert_eq!(row.editor.as_ref().and_then(|row| row.profile.clone()), profile);
            }
        }
    }

    /// What is required in an include restricts its rows before they are limited.
    #[test]
    fn required_in_an_include(graph in graph(), options in options(), weight in score()) {
        let conn = &mut *graph.stored();
        let tagged = || Post::tags().through_filter(post_tags::weight.ge(weight)).required();
        let posts = || {
            User::posts()
                .order((posts::score.desc(), posts::id.asc()))
                .limit(options.take)
                .include(tagged())
                .include(Post::editor().required())
        };
        let good = |post: &Post| {
            !graph.heavy_tags_of(post, weight).is_empty() && graph.user(post.editor_id).is_some()
        };
        let expected = |user: &User| {
            let posts = graph.posts_of(user).into_iter().filter(good);
            let options = Options { skip: 0, ..options.clone() };
            options.slice(ranked(posts.collect()))
        };

        let loaded = User::query().order(users::id.asc()).include(posts()).load(conn)?;
        prop_assert_eq!(loaded.len(), graph.users.len());
        for (row, user) in loaded.iter().zip(&graph.users) {
            let posts = expected(user);
            prop_assert_eq!(ids(row.posts.iter().map(|post| &**post)), ids(&posts));
            for (row, post) in row.posts.iter().zip(&posts) {
                prop_assert_eq!(Some(row.editor.clone()), graph.user(post.editor_id));
                let tags = graph.heavy_tags_of(post, weight);
                let loaded = row.tags.iter().map(|tag| (Tag::clone(tag), tag.through.clone()));
                prop_assert_eq!(sorted(loaded.collect()), tags);
            }
        }

        // And, required itself, its parents.
        let loaded = User::query().order(users::id.asc()).include(posts().required()).load(conn)?;
        let left = graph.users.iter().filter(|user| !expected(user).is_empty());
        prop_assert_eq!(ids(loaded.iter().map(|user| &**user)), ids(left));
    }

    /// What is required at the root restricts the rows before they are limited.
    #[test]
    fn required_under_a_limit(graph in graph(), root in options(), options in options()) {
        let conn = &mut *graph.stored();
        let loaded = User::query()
            .order((users::score.desc(), users::id.asc()))
            .limit(root.take)
            .offset(root.skip)
            .include(User::mentor().required())
            .include(User::posts().filter(posts::score.ge(options.floor)).required().count())
            .include(User::edited_posts().filter(posts::score.ge(options.floor)).required())
            .load(conn)?;
        let good = |posts: Vec<Post>| posts.iter().any(|post| post.score >= options.floor);
        let left = graph.users.iter().filter(|user| {
            graph.user(user.mentor_id).is_some()
                && good(graph.posts_of(user))
                && good(graph.edited_by(user))
        });
        let expected = root.slice(ranked(left.cloned().collect()));
        prop_assert_eq!(ids(loaded.iter().map(|user| &**user)), ids(&expected));
        for (row, user) in loaded.iter().zip(&expected) {
            prop_assert_eq!(Some(row.mentor.clone()), graph.user(user.mentor_id));
        }
    }

    /// A to-one row that lacks what is required of it is as if it were filtered away.
    #[test]
    fn required_in_a_to_one(graph in graph()) {
        let conn = &mut *graph.stored();
        let with_profile = |id: Option<i32>| {
            graph.user(id).filter(|user| !graph.profiles_of(user).is_empty())
        };
        let loaded = Post::query()
            .order(posts::id.asc())
            .include(Post::editor().include(User::profile().required()))
            .load(conn)?;
        prop_assert_eq!(loaded.len(), graph.posts.len());
        for (row, post) in loaded.iter().zip(&graph.posts) {
            let editor = with_profile(post.editor_id);
            prop_assert_eq!(row.editor.as_deref(), editor.as_ref());
        }
        let loaded = Post::query()
            .order(posts::id.asc())
            .include(Post::author().include(User::profile().required()))
            .load(conn)?;
        prop_assert_eq!(loaded.len(), graph.posts.len());
        for (row, post) in loaded.iter().zip(&graph.posts) {
            let author = with_profile(Some(post.author_id));
            prop_assert_eq!(row.author.as_deref(), author.as_ref());
        }
        let loaded = Post::query()
            .order(posts::id.asc())
            .include(Post::author().include(User::profile().required()).required())
            .load(conn)?;
        let left = graph.posts.iter().filter(|post| with_profile(Some(post.author_id)).is_some());
        prop_assert_eq!(ids(loaded.iter().map(|post| &**post)), ids(left));
    }

    /// One table, read at three levels and from both sides of its key.
    #[test]
    fn self_references(graph in graph(), options in options()) {
        let conn = &mut *graph.stored();
        let loaded = User::query()
            .order(users::id.asc())
            .include(User::mentor().required().include(User::mentor().required()))
            .include(
                User::students()
                    .filter(users::score.ge(options.floor))
                    .order(users::id.desc())
                    .limit(options.take)
                    .include(User::students().required().count()),
            )
            .load(conn)?;
        let mentor = |user: &User| graph.user(user.mentor_id);
        let grand_mentor = |user: &User| mentor(user).as_ref().and_then(mentor);
        let left: Vec<&User> = graph.users.iter().filter(|u| grand_mentor(u).is_some()).collect();
        prop_assert_eq!(ids(loaded.iter().map(|user| &**user)), ids(left.iter().copied()));
        for (row, user) in loaded.iter().zip(left) {
            prop_assert_eq!(Some(User::clone(&row.mentor)), mentor(user));
            prop_assert_eq!(Some(row.mentor.mentor.clone()), grand_mentor(user));
            let mut students = graph.students_of(user);
            students.retain(|student| student.score >= options.floor);
            students.retain(|student| !graph.students_of(student).is_empty());
            students.reverse();
            let options = Options { skip: 0, ..options.clone() };
            let students = options.slice(students).into_iter();
            let counted = students.map(|student| (student.id, graph.students_of(&student).len()));
            let loaded = row.students.iter().map(|row| (row.id, usize::try_from(row.students)));
            let loaded = loaded.map(|(id, count)| count.map(|count| (id, count)));
            prop_assert_eq!(loaded.collect::<Result<Vec<_>, _>>()?, counted.collect::<Vec<_>>());
        }
    }

    /// Many-to-many rows are shared between their parents, with what is nested in them.
    #[test]
    fn below_a_many_to_many(graph in graph(), options in options(), weight in score()) {
        let conn = &mut *graph.stored();
        let loaded = Tag::query()
            .order(tags::id.asc())
            .include(
                Tag::posts()
                    .through_filter(post_tags::weight.ge(weight))
                    .order((posts::score.desc(), posts::id.asc()))
                    .limit(options.take)
                    .offset(options.skip)
                    .include(Post::comments().order(comments::id.asc()))
                    .include(Post::tags().order(tags::id.asc()).without_through()),
            )
            .load(conn)?;
        prop_assert_eq!(loaded.len(), graph.tags.len());
        for (row, tag) in loaded.iter().zip(&graph.tags) {
            let heavy = |post: &Post| {
                let tags = graph.heavy_tags_of(post, weight);
                tags.iter().any(|(of_post, _)| of_post == tag)
            };
            let posts = graph.posts.iter().filter(|post| heavy(post)).cloned();
            let posts = options.slice(ranked(posts.collect()));
            prop_assert_eq!(ids(row.posts.iter().map(|post| &***post)), ids(&posts));
            for (row, post) in row.posts.iter().zip(&posts) {
                prop_assert_eq!((row.through.post_id, row.through.tag_id), (post.id, tag.id));
                prop_assert_eq!(&row.comments, &graph.comments_of(post));
                prop_assert_eq!(ids(&row.tags), ids(&graph.tags_of(post)));
            }
        }
    }
}
