//! Rows that are created together with rows of their associations.

use crate::support::Result;
use crate::support::blog::*;
use diesel::Connection as _;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{ByFilter, Connection, Counted, Create, Error, Hooks, Linked, Values};
use orm_tests::{Backend, connect_to, inserts, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Line, fk = "order_code", source_key = "code", as = "lines")]
#[has_one(Invoice, fk = "order_id", as = "invoice")]
#[belongs_to_many(Item, through = Booking, fk = "order_id", other_key = "item_code", target_key = "code", as = "items")]
pub struct Order {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 20)]
    pub code: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Order, fk = "order_code", target_key = "code", as = "order")]
#[has_many(Remark, fk = "line_label", source_key = "label", as = "remarks")]
pub struct Line {
    #[model(primary_key, length = 20)]
    pub order_code: String,
    #[model(primary_key)]
    pub number: i32,
    #[model(unique, length = 20)]
    pub label: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Remark {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 20)]
    pub line_label: String,
    #[model(default = "-", length = 20)]
    pub text: String,
}

/// Its order may be unknown.
#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Order, fk = "order_id", as = "order")]
pub struct Invoice {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique)]
    pub order_id: Option<i32>,
    pub cents: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Item {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 20)]
    pub code: String,
}

/// An item can be booked several times: the two keys do not tell the links apart.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Booking {
    #[model(primary_key)]
    pub id: i32,
    pub order_id: i32,
    #[model(length = 20)]
    pub item_code: String,
    pub pieces: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Pupil, fk = "class_id", as = "pupils")]
pub struct Class {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 20, validate(length(1..=5)))]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[has_one(Desk, fk = "pupil_id", as = "desk")]
#[belongs_to_many(Course, through = Place, as = "courses")]
pub struct Pupil {
    #[model(primary_key)]
    pub id: i32,
    pub class_id: i32,
    #[model(length = 20, validate(length(1..=5)))]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Desk {
    #[model(primary_key)]
    pub id: i32,
    pub pupil_id: i32,
    #[model(validate(range(1..=9)))]
    pub number: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(hooks)]
pub struct Course {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 20)]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Place {
    #[model(primary_key)]
    pub pupil_id: i32,
    #[model(primary_key)]
    pub course_id: i32,
    #[model(default = 1, validate(range(1..=9)))]
    pub row: i32,
}

/// They run for each row of a level, as those of `bulk_create` do.
impl Hooks<Course, Backend> for Course {
    const BY_FILTER: ByFilter = ByFilter::Statement;

    fn before_create(
        _: &mut impl Connection<Backend = Backend>,
        new: &mut Values<Course>,
    ) -> Result {
        let name = new.get(courses::name).cloned().unwrap_or_default();
        new.set(courses::name, name.to_uppercase());
        Ok(())
    }
}

orm_core::schema! { School { Class, Pupil, Desk, Course, Place } }

orm_core::schema! { Shop { Order, Line, Remark, Invoice, Item, Booking } }

fn user(name: &str) -> UserBuilder<(orm_core::Set, orm_core::Set)> {
    let email = format!("{name}@example.com");
    User::builder().first_name(name).email(email)
}

/// How many `INSERT`s were sent.
fn inserts_among(sent: &[String]) -> usize {
    let sent = sent.iter();
    sent.filter(|sent| sent.starts_with("INSERT")).count()
}

#[test]
fn children_of_several_levels() -> Result {
    let conn = &mut empty();
    let ann = User::create(
        conn,
        User::builder()
            .first_name("Ann")
            .with_posts([Post::builder()
                .title("Hello")
                .with_tags([
                    Tag::builder()
                        .name("rust")
                        .through(PostTag::builder().relevance(9)),
                    Tag::builder().name("sql").through(PostTag::builder()),
                ])
                .with_categories([Category::builder().name("Code").with_children([
                    Category::builder().name("Web"),
                    Category::builder().name("Data"),
                ])])])
            .email("ann@example.com"),
    )?;
    assert_eq!(ann.first_name, "Ann");
    let [post] = &ann.posts[..] else {
        panic!("{ann:?}")
    };
    assert_eq!((post.author_id, &*post.title), (ann.id, "Hello"));
    let tags = |tag: &Linked<Tag, PostTag>| (tag.name.clone(), tag.through.relevance);
    let tags: Vec<_> = post.tags.iter().map(tags).collect();
    assert_eq!(tags, [("rust".to_owned(), 9), ("sql".to_owned(), 1)]);
    let code = &post.categories[0];
    assert_eq!(code.through.post_id, post.id);
    assert!(
        code.children
            .iter()
            .all(|child| child.parent_id == Some(code.id))
    );

    // It has the type that the same includes give, and is equal to what they give.
    let named: Loaded<User, UserPosts<(PostTags, PostCategories<CategoryChildren>)>> = ann;
    let children = Category::children().order(categories::id.asc());
    let posts = Post::categories().include(children);
    let posts = User::posts()
        .include(Post::tags().order(tags::id.asc()))
        .include(posts);
    assert_eq!(vec![named], User::query().include(posts).load(conn)?);
    Ok(())
}

#[test]
fn one_of_each_kind() -> Result {
    let conn = &mut empty();
    let bob = User::create(
        conn,
        user("bob")
            .with_manager(user("ann").with_profile(UserProfile::builder().bio("writes")))
            .with_profile(UserProfile::builder())
            .with_subordinates([user("cid"), user("dan")])
            .with_posts([Post::builder().title("Tea")]),
    )?;
    let ann = bob.manager.as_ref().expect("Bob has a manager");
    assert_eq!(bob.manager_id, Some(ann.id));
    let bio = |profile: &UserProfile| profile.bio.clone();
    assert_eq!(
        ann.profile.as_ref().and_then(bio),
        Some("writes".to_owned())
    );
    assert!(
        bob.subordinates
            .iter()
            .all(|user| user.manager_id == Some(bob.id))
    );

    let loaded = User::query()
        .filter(users::email.eq("bob@example.com"))
        .include(User::manager().include(User::profile()))
        .include(User::profile())
        .include(User::subordinates().order(users::id.asc()))
        .include(User::posts());
    assert_eq!(vec![bob], loaded.load(conn)?);
    assert_eq!(User::count(conn)?, 4);
    Ok(())
}

#[test]
fn a_key_that_cannot_be_null_comes_from_the_new_owner() -> Result {
    let conn = &mut empty();
    let comment = Comment::create(
        conn,
        Comment::builder()
            .content("First!")
            .with_author(user("ann"))
            .with_post(Post::builder().title("Tea").with_author(user("bob"))),
    )?;
    assert_eq!(comment.author.first_name, "ann");
    assert_eq!(comment.post.author.first_name, "bob");
    let loaded = Comment::query()
        .include(Comment::author())
        .include(Comment::post().include(Post::author()));
    assert_eq!(vec![comment], loaded.load(conn)?);
    Ok(())
}

/// However many rows there are, each node of the tree is one statement, and all of them are one transaction.
#[test]
fn many_rows_with_different_numbers_of_children() -> Result {
    let conn = &mut empty();
    let new = |n: usize| {
        let author = user(&format!("u{n}"));
        Post::builder()
            .title(n.to_string())
            .with_author(author)
            .with_tags((0..n % 3).map(move |m| Tag::builder().name(format!("{n}.{m}"))))
            .with_categories((0..n % 2).map(|_| Category::builder().name("c")))
    };
    let (posts, sent) = statements::all(conn, |conn| Post::bulk_create(conn, (0..30).map(new)));
    let posts = posts?;
    let expected: usize = [30, 30, 30, 30, 15, 15].map(inserts).iter().sum();
    assert_eq!(inserts_among(&sent), expected, "{sent:?}");
    for (n, post) in posts.iter().enumerate() {
        assert_eq!(post.title, n.to_string());
        assert_eq!(post.author.first_name, format!("u{n}"));
        let names: Vec<_> = post.tags.iter().map(|tag| tag.name.clone()).collect();
        let expected: Vec<_> = (0..n % 3).map(|m| format!("{n}.{m}")).collect();
        assert_eq!(names, expected);
        assert_eq!(post.categories.len(), n % 2);
    }
    let loaded = Post::query()
        .order(posts::id.asc())
        .include(Post::author())
        .include(Post::tags().order(tags::id.asc()))
        .include(Post::categories());
    assert_eq!(posts, loaded.load(conn)?);
    Ok(())
}

#[test]
fn no_children_are_no_statement() -> Result {
    let conn = &mut empty();
    let none = || Vec::<PostBuilder<(orm_core::Missing<posts::author_id>, orm_core::Set)>>::new();
    let (ann, sent) = statements::of(conn, |conn| {
        User::create(conn, user("ann").with_posts(none()))
    });
    assert_eq!((ann?.posts, inserts_among(&sent)), (Vec::new(), 1));
    let (none, sent) = statements::all(conn, |conn| {
        User::bulk_create(conn, (0..0).map(|_| user("bob").with_posts(none())))
    });
    assert_eq!((none?.len(), sent.len()), (0, 0));
    Ok(())
}

/// A call without nested rows sends what it always sent, and gives the plain model.
#[test]
fn rows_alone_are_created_as_before() -> Result {
    let conn = &mut empty();
    let (ann, sent) = statements::of(conn, |conn| User::create(conn, user("ann")));
    let ann: User = ann?;
    assert_eq!((ann.id, inserts_among(&sent)), (1, 1));
    let more: Vec<User> = User::bulk_create(conn, [user("bob"), user("cid")])?;
    assert_eq!(more.len(), 2);
    fn add<C: Connection>(conn: &mut C) -> Result<(User, usize)>
    where
        User: Create<C>,
        Post: Create<C>,
    {
        let dan: User = User::create(conn, user("dan"))?;
        let eve = User::create(conn, user("eve").with_posts([Post::builder().title("x")]))?;
        Ok((dan, eve.posts.len()))
    }
    assert_eq!(add(conn)?.1, 1);
    Ok(())
}

#[test]
fn nothing_is_written_if_one_row_fails() -> Result {
    let conn = &mut empty();
    let post = |tag: &str| {
        let post = Post::builder()
            .title("x")
            .with_author(user(&format!("of {tag}")));
        post.with_tags([Tag::builder().name(tag)])
    };
    let failed = Post::bulk_create(conn, ["a", "b", "a"].map(post));
    assert!(
        matches!(failed, Err(Error::UniqueViolation(_))),
        "{failed:?}"
    );
    let rows = [User::count(conn)?, Post::count(conn)?, Tag::count(conn)?];
    assert_eq!(rows, [0; 3]);
    // In a transaction of the caller's, that one goes on.
    conn.transaction(|conn| {
        User::create(conn, user("ann"))?;
        let failed = Post::bulk_create(conn, ["a", "a"].map(post));
        assert!(failed.is_err());
        Ok::<_, Error>(())
    })?;
    assert_eq!((User::count(conn)?, Post::count(conn)?), (1, 0));
    Ok(())
}

/// They are in the row that comes back, and nothing reads them again.
#[test]
fn existing_rows_are_linked() -> Result {
    let conn = &mut empty();
    let ann = User::create(conn, user("ann"))?;
    let tags = ["rust", "sql"].map(|name| Tag::builder().name(name));
    let tags = Tag::bulk_create(conn, tags)?;
    let post = |title: &str| Post::builder().title(title).author_id(ann.id);
    let (created, sent) =
        statements::all(conn, |conn| Post::create(conn, post("Hi").link_tags(&tags)));
    assert_eq!(inserts_among(&sent), 2, "{sent:#?}");
    let reads = sent
        .iter()
        .filter(|sent| sent.contains("FROM \"tags\"") || sent.contains("FROM `tags`"));
    assert_eq!(reads.count(), 0, "{sent:#?}");
    let created: Loaded<Post, PostTags> = created?;

    let comment = Comment::builder().content("First!").author_id(ann.id);
    let (rust, sql) = (&tags[0], Tag::query().find(tags[1].id));
    let loaded = sql.include(Tag::posts()).first(conn)?;
    let post = post("Ho").with_comments([comment]).link_tags([&loaded]);
    let several = Post::bulk_create(conn, [post.clone(), post])?;
    assert_eq!(several[1].tags[0].name, "sql");
    assert_eq!(several[1].comments.len(), 1);

    let with_columns = Post::builder().title("He").with_author(user("bob"));
    let link = PostTag::builder().relevance(7);
    let he = Post::create(conn, with_columns.link_tags([(rust, link)]))?;
    assert_eq!(
        (he.tags[0].through.relevance, he.tags[0].through.post_id),
        (7, he.id)
    );
    let none = Post::builder().title("Hu").author_id(ann.id);
    let none = Post::create(conn, none.link_tags::<_, &Tag>([]))?;
    assert!(none.tags.is_empty());

    let stored = Post::query().include(Post::tags().order(tags::id.asc()));
    let stored = stored.order(posts::id.asc()).load(conn)?;
    assert_eq!((&stored[0], &stored[3].tags), (&created, &he.tags));
    assert_eq!(stored[2].tags, several[1].tags);
    Ok(())
}

#[test]
fn rows_that_are_gone_are_not_linked() -> Result {
    let conn = &mut empty();
    let tag = Tag::create(conn, Tag::builder().name("rust"))?;
    let gone = tag.clone();
    tag.destroy(conn)?;
    let post = Post::builder().title("Hi").with_author(user("ann"));
    let failed = Post::create(conn, post.link_tags([&gone]));
    let Err(Error::ForeignKeyViolation(violation)) = failed else {
        panic!("{failed:?}")
    };
    assert_eq!(violation.model, "PostTag");
    assert_eq!((User::count(conn)?, Post::count(conn)?), (0, 0));
    Ok(())
}

/// The keys go by other unique fields, and keys of several fields contain them.
#[test]
fn keys_that_are_not_ids() -> Result {
    let conn = &mut connect_to::<Shop>();
    let line = |number: i32| {
        let line = Line::builder()
            .number(number)
            .label(format!("line {number}"));
        line.with_remarks((0..number).map(|_| Remark::builder()))
    };
    let booking = |code: &str, pieces| {
        let item = Item::builder().code(code);
        item.through(Booking::builder().pieces(pieces))
    };
    let order = Order::create(
        conn,
        Order::builder()
            .code("A-1")
            .with_lines([line(1), line(2)])
            .with_invoice(Invoice::builder().cents(995))
            .with_items([booking("tea", 3), booking("milk", 4)]),
    )?;
    assert_eq!(order.lines[1].remarks[1].line_label, "line 2");
    assert_eq!(order.items[0].through.item_code, "tea");
    let loaded = Order::query()
        .include(
            Order::lines()
                .order(lines::number.asc())
                .include(Line::remarks()),
        )
        .include(Order::invoice())
        .include(Order::items().order(items::id.asc()));
    assert_eq!(vec![order.clone()], loaded.load(conn)?);

    // Items that exist.
    let [tea, milk] = &order.items[..] else {
        panic!("{order:?}")
    };
    let new = |items: [(&Linked<Item, Booking>, i32); 2]| {
        let linked = items.map(|(item, pieces)| (&**item, Booking::builder().pieces(pieces)));
        Order::builder().code("A-2").link_items(linked)
    };
    let twice = Order::create(conn, new([(tea, 1), (tea, 2)]));
    assert!(matches!(twice, Err(Error::UniqueViolation(_))), "{twice:?}");
    let again = Order::create(conn, new([(tea, 1), (milk, 2)]))?;
    let pieces = |item: &Linked<Item, Booking>| (item.code.clone(), item.through.pieces);
    let pieces: Vec<_> = again.items.iter().map(pieces).collect();
    assert_eq!(pieces, [("tea".to_owned(), 1), ("milk".to_owned(), 2)]);
    again.into_model().destroy(conn)?;

    // Without a key nothing can refer to the row.
    let failed = Order::create(conn, Order::builder().with_lines([line(7)]));
    assert!(matches!(failed, Err(Error::NullKey { .. })), "{failed:?}");
    assert_eq!(Order::count(conn)?, 1);
    let alone = Order::create(conn, Order::builder().with_lines((0..0).map(|_| line(7))))?;
    assert_eq!(alone.lines.len(), 0);
    let line = Line::create(
        conn,
        Line::builder()
            .number(1)
            .label("x")
            .with_order(Order::builder().code("B")),
    )?;
    assert_eq!(
        (&*line.order_code, line.order.code.as_deref()),
        ("B", Some("B"))
    );
    Ok(())
}

/// Of a key that may be left out, the builder's type does not tell.
#[test]
fn an_optional_key_is_not_given_twice() -> Result {
    let conn = &mut connect_to::<Shop>();
    let text = "Invoice.order is given twice, by a key and by a new row: keep one of the two";
    let builders = [
        Invoice::builder()
            .order_id(1)
            .cents(1)
            .with_order(Order::builder()),
        Invoice::builder()
            .cents(1)
            .with_order(Order::builder())
            .order_id(1),
    ];
    for builder in builders {
        let (failed, sent) = statements::all(conn, |conn| Invoice::create(conn, builder));
        assert_eq!(
            failed.map_err(|error| error.to_string()),
            Err(text.to_owned())
        );
        assert!(sent.is_empty(), "{sent:?}");
    }
    let invoice = Invoice::builder().order_id(7).cents(1);
    let failed = Order::create(conn, Order::builder().with_invoice(invoice));
    assert!(
        matches!(failed, Err(Error::TwoKeys { model: "Order", .. })),
        "{failed:?}"
    );
    // The order is given, and another one.
    let invoice = Invoice::builder().cents(1).with_order(Order::builder());
    let failed = Order::create(conn, Order::builder().with_invoice(invoice));
    assert!(
        matches!(
            failed,
            Err(Error::TwoKeys {
                model: "Invoice",
                ..
            })
        ),
        "{failed:?}"
    );
    assert_eq!(Order::count(conn)?, 0);
    Ok(())
}

/// They are values: they can be made in parts, copied and shown.
#[test]
fn builders_with_rows_are_values() -> Result {
    let conn = &mut empty();
    let ann = user("ann").with_posts([Post::builder().title("x")]);
    assert!(format!("{ann:?}").contains("\"x\""));
    let twin = ann.clone().first_name("Anna").email("anna@example.com");
    let users = User::bulk_create(conn, [ann, twin])?;
    let counted: Vec<Loaded<User, Counted<UserPosts>>> =
        User::query().include(User::posts().count()).load(conn)?;
    assert_eq!(users.len(), counted.len());
    assert!(counted.iter().all(|user| user.posts == 1));
    // The insert struct stands for a builder.
    let tag = NewTag {
        id: None,
        name: "rust".into(),
    };
    let post = Post::builder().title("y").author_id(users[0].id);
    let post = Post::create(conn, post.with_tags([tag.through(PostTag::builder())]))?;
    assert_eq!(post.tags[0].name, "rust");
    Ok(())
}

/// All that is wrong is told at once, with the way to each row, before anything is sent.
#[test]
fn the_whole_graph_is_validated_first() -> Result {
    let conn = &mut connect_to::<School>();
    let pupil = |name: &str, desk, row| {
        let course = Course::builder().name("art");
        Pupil::builder()
            .name(name)
            .with_desk(Desk::builder().number(desk))
            .with_courses([course.through(Place::builder().row(row))])
    };
    let class = Class::builder().name("first");
    let class = class.with_pupils([pupil("Ann", 1, 1), pupil("Barbara", 10, 10)]);
    let paths = |failed| match failed {
        Err(Error::Invalid(problems)) => {
            let paths = problems.iter().map(|problem| problem.path().to_owned());
            paths.collect::<Vec<_>>()
        }
        _ => Vec::new(),
    };
    let expected = [
        "pupils[1].name",
        "pupils[1].desk.number",
        "pupils[1].courses[0].through.row",
    ];
    let (failed, sent) = statements::all(conn, |conn| Class::create(conn, class.clone()));
    assert_eq!(
        (paths(failed.map(drop)), sent.len()),
        (expected.map(String::from).to_vec(), 0)
    );
    let valid = Class::builder().name("none");
    let valid = valid.with_pupils([pupil("Cy", 1, 1)]);
    let (failed, sent) = statements::all(conn, |conn| Class::bulk_create(conn, [valid, class]));
    assert!(sent.is_empty());
    let text = failed.unwrap_err().to_string();
    assert!(text.contains("Pupil.name in row 1, pupils[1]"), "{text}");
    Ok(())
}

#[test]
fn hooks_run_level_by_level() -> Result {
    let conn = &mut connect_to::<School>();
    let pupil = |name: &str| {
        let courses = ["art", "sport"].map(|name| Course::builder().name(name));
        Pupil::builder().name(name).with_courses(courses)
    };
    let class = Class::builder().name("first");
    let class = Class::create(conn, class.with_pupils([pupil("Ann"), pupil("Bo")]))?;
    let names = class.pupils.iter().flat_map(|pupil| &pupil.courses);
    let names: Vec<_> = names.map(|course| &*course.name).collect();
    assert_eq!(names, ["ART", "SPORT", "ART", "SPORT"]);
    let loaded = Class::query().include(Class::pupils().include(Pupil::courses()));
    assert_eq!(vec![class], loaded.load(conn)?);
    Ok(())
}
