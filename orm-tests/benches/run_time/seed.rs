//! What is in the tables, as SQL that every backend takes.

pub const AUTHORS: i32 = 10_000;
pub const SECTIONS: i32 = 100;
pub const POSTS: i32 = 100_000;
/// Three to each post of the first thousand authors.
pub const COMMENTS: i32 = 30_000;
pub const TAGS: i32 = 500;
/// The posts that have three tags.
pub const TAGGED: i32 = 10_000;
/// The post that has a hundred.
pub const MUCH_TAGGED: i32 = POSTS;

/// An `INSERT` of rows that are numbered from 1.
pub fn numbered(up_to: i32, insert: &str, select: &str) -> String {
    format!(
        "INSERT INTO {insert} WITH RECURSIVE n(i) AS
         (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {up_to}) SELECT {select} FROM n"
    )
}

pub const AUTHOR: &str = "i, 'author ' || i, 'author' || i || '@example.org',
    CASE WHEN i % 3 = 0 THEN NULL ELSE 'writes about ' || i END, i % 60 + 18, i * 0.5, i % 7 <> 0";
pub const INTO_AUTHORS: &str = "authors (id, name, email, bio, age, score, active)";
const INTO_SECTIONS: &str = "sections (id, name, slug, description, place, weight, hidden)";
pub const INTO_POSTS: &str = "posts (id, author_id, section_id, title, body, views, published)";

/// The posts of authors who have so many each.
pub fn post(each: i32) -> String {
    whole(&format!(
        "i, (i - 1) / {each} + 1, i % 100 + 1, 'the title of post ' || i,
        CASE WHEN i % 5 = 0 THEN NULL ELSE 'the body of post ' || i || ', in a few words' END,
        (i * 37) % 100003, i % 7 <> 0"
    ))
}

/// MariaDB's `/` gives a fraction, which an INTEGER column rounds.
fn whole(select: &str) -> String {
    if cfg!(all(
        feature = "mysql",
        not(any(feature = "sqlite", feature = "postgres"))
    )) {
        select.replace(" / ", " DIV ")
    } else {
        select.to_owned()
    }
}

pub fn sections() -> String {
    let section = "i, 'section ' || i, 'section-' || i,
        CASE WHEN i % 3 = 0 THEN NULL ELSE 'all of ' || i END, i % 10, i * 0.25, i % 7 = 0";
    numbered(SECTIONS, INTO_SECTIONS, section)
}

/// The statements that fill the tables.
pub fn statements() -> Vec<String> {
    let comment = "i, (i - 1) / 3 + 1, 'reader ' || (i % 1000),
        CASE WHEN i % 5 = 0 THEN NULL ELSE 'comment ' || i || ', in a few words' END,
        i % 50, i * 0.125, i % 7 = 0";
    let tag = "i, 'tag ' || i, 'tag-' || i,
        CASE WHEN i % 3 = 0 THEN NULL ELSE 'all of ' || i END, i % 10, i * 0.25, i % 7 = 0";
    let comments = "comments (id, post_id, name, text, likes, score, hidden)";
    let tags = "tags (id, name, slug, description, uses, weight, hidden)";
    let links = "post_tags (post_id, tag_id, relevance)";
    let mut all = vec![
        numbered(AUTHORS, INTO_AUTHORS, AUTHOR),
        sections(),
        numbered(POSTS, INTO_POSTS, &post(POSTS / AUTHORS)),
        numbered(COMMENTS, comments, &whole(comment)),
        numbered(TAGS, tags, tag),
    ];
    for third in 0..3 {
        let link = format!("i, (i * 7 + {third} * 131) % {TAGS} + 1, i % 10");
        all.push(numbered(TAGGED, links, &link));
    }
    all.extend(much_tagged());
    all
}

/// The links of the post that has a hundred: to the tags 1 to 100.
pub fn much_tagged() -> [String; 2] {
    let links = "post_tags (post_id, tag_id, relevance)";
    [
        format!("DELETE FROM post_tags WHERE post_id = {MUCH_TAGGED}"),
        numbered(100, links, &format!("{MUCH_TAGGED}, i, 1")),
    ]
}

/// Takes away what was created.
pub fn created_authors() -> [String; 1] {
    [format!("DELETE FROM authors WHERE id > {AUTHORS}")]
}

/// The same, if they have posts.
pub fn created_authors_with_posts() -> [String; 2] {
    [
        format!("DELETE FROM posts WHERE author_id > {AUTHORS}"),
        format!("DELETE FROM authors WHERE id > {AUTHORS}"),
    ]
}

/// Counts what is in the tables. Nothing on SQLite: once it has counted what an index holds, it plans anew
/// whenever a bound value changes, as it would for few users.
#[cfg(feature = "sqlite")]
pub const ANALYZE: &str = "";
#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
pub const ANALYZE: &str = "ANALYZE";
#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
pub const ANALYZE: &str = "ANALYZE TABLE authors, sections, posts, comments, tags, post_tags";
