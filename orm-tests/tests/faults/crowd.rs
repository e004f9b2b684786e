//! Many threads write the same links for some seconds.

use std::collections::HashSet;
use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::Conn;

use crate::server::Server;
use crate::support::Result;
use crate::support::blog::*;
use league::*;

const THREADS: u64 = 32;
const TIME: Duration = Duration::from_secs(3);

mod league {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Player, fk = "team_id", as = "players")]
    #[belongs_to_many(Match, through = Entry, fk = "team_id", other_key = "match_id", as = "matches", singular = "game")]
    pub struct Team {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Player {
        #[model(primary_key)]
        pub id: i32,
        pub team_id: Option<i32>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "matches")]
    #[belongs_to_many(Team, through = Entry, fk = "match_id", other_key = "team_id", as = "teams")]
    pub struct Match {
        #[model(primary_key)]
        pub id: i32,
    }

    /// A junction with a key of its own: its pair is another index than its rows.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "entries")]
    pub struct Entry {
        #[model(primary_key)]
        pub id: i32,
        pub team_id: i32,
        pub match_id: i32,
        #[model(default = 0)]
        pub score: i32,
    }

    orm_core::schema! { pub League { Team, Player, Match, Entry } }
}

/// Numbers that differ from thread to thread.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> i32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        i32::try_from((self.0 >> 33) % limit).unwrap_or(0)
    }

    /// Some keys of the first eight, in any order.
    fn keys(&mut self) -> Vec<i32> {
        let (first, step, len) = (self.below(8), 2 * self.below(4) + 1, self.below(4) + 1);
        (0..len).map(|n| (first + n * step) % 8 + 1).collect()
    }
}

/// Runs `work` on connections of their own until the time is over; no error may come.
fn crowd(server: &Server, database: &str, work: impl Fn(&mut Conn, &mut Numbers) -> Result + Sync) {
    let end = Instant::now() + TIME;
    let work = &work;
    let run = |seed: u64| -> Result<u32> {
        let conn = &mut server.connect(database);
        let numbers = &mut Numbers(seed);
        let mut rounds = 0;
        while Instant::now() < end {
            work(conn, numbers)?;
            rounds += 1;
        }
        Ok(rounds)
    };
    let run = &run;
    thread::scope(|scope| {
        let all: Vec<_> = (0..THREADS)
            .map(|n| scope.spawn(move || run(n + 1)))
            .collect();
        for one in all {
            let rounds = one.join().expect("no panic").expect("no error surfaces");
            assert!(rounds > 0);
        }
    });
}

/// No link is there twice, and both of its ends say the same.
fn assert_consistent(pairs: &[(i32, i32)], one: &[(i32, i32)], other: &[(i32, i32)]) {
    let set: HashSet<_> = pairs.iter().copied().collect();
    assert_eq!(set.len(), pairs.len(), "{pairs:?}");
    for end in [one, other] {
        assert_eq!(end.len(), pairs.len(), "{end:?} {pairs:?}");
        assert_eq!(end.iter().copied().collect::<HashSet<_>>(), set);
    }
}

#[test]
fn links_whose_pair_is_the_key() -> Result {
    let server = Server::shared();
    let database = server.database();
    let conn = &mut server.connect(&database);
    Blog::create_all(conn)?;
    fill(conn)?;
    Tag::bulk_create(conn, (5..=8).map(|n| Tag::builder().name(format!("t{n}"))))?;
    let (all_posts, all_tags) = (Post::find_all(conn)?, Tag::find_all(conn)?);
    crowd(&server, &database, |conn, numbers| {
        let post = &all_posts[usize::try_from(numbers.below(3)).unwrap_or(0)];
        let tag = &all_tags[usize::try_from(numbers.below(8)).unwrap_or(0)];
        let link = PostTag::builder().relevance(numbers.below(9));
        let some_posts = [numbers.below(3) + 1, numbers.below(3) + 1];
        match numbers.below(8) {
            0 => post.add_tags(conn, numbers.keys()),
            1 => post.remove_tags(conn, numbers.keys()),
            2 => post.set_tags(conn, numbers.keys()),
            3 => post.set_tags_with(conn, numbers.keys(), link),
            4 => post.add_tags_with(conn, numbers.keys(), link),
            5 => tag.add_posts(conn, some_posts),
            6 => tag.set_posts(conn, some_posts),
            _ => tag.remove_posts(conn, some_posts),
        }
    });
    let links = PostTag::find_all(conn)?;
    let pairs: Vec<_> = links
        .iter()
        .map(|link| (link.post_id, link.tag_id))
        .collect();
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for post in &all_posts {
        one.extend(post.get_tags(conn)?.iter().map(|tag| (post.id, tag.id)));
    }
    for tag in &all_tags {
        other.extend(tag.get_posts(conn)?.iter().map(|post| (post.id, tag.id)));
    }
    assert_consistent(&pairs, &one, &other);
    Ok(())
}

#[test]
fn links_with_a_key_of_their_own() -> Result {
    let server = Server::shared();
    let database = server.database();
    let conn = &mut server.connect(&database);
    League::create_all(conn)?;
    let teams = Team::bulk_create(conn, (0..3).map(|_| Team::builder()))?;
    let matches = Match::bulk_create(conn, (0..8).map(|_| Match::builder()))?;
    crowd(&server, &database, |conn, numbers| {
        let team = &teams[usize::try_from(numbers.below(3)).unwrap_or(0)];
        let link = Entry::builder().score(numbers.below(9));
        match numbers.below(5) {
            0 => team.add_matches(conn, numbers.keys()),
            1 => team.remove_matches(conn, numbers.keys()),
            2 => team.set_matches(conn, numbers.keys()),
            3 => team.set_matches_with(conn, numbers.keys(), link),
            _ => team.add_matches_with(conn, numbers.keys(), link),
        }
    });
    let links = Entry::find_all(conn)?;
    let pairs: Vec<_> = links
        .iter()
        .map(|link| (link.team_id, link.match_id))
        .collect();
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for team in &teams {
        one.extend(
            team.get_matches(conn)?
                .iter()
                .map(|found| (team.id, found.id)),
        );
    }
    for found in &matches {
        other.extend(
            found
                .get_teams(conn)?
                .iter()
                .map(|team| (team.id, found.id)),
        );
    }
    assert_consistent(&pairs, &one, &other);
    Ok(())
}

#[test]
fn rows_that_hold_the_key() -> Result {
    let server = Server::shared();
    let database = server.database();
    let conn = &mut server.connect(&database);
    League::create_all(conn)?;
    let teams = Team::bulk_create(conn, (0..3).map(|_| Team::builder()))?;
    Player::bulk_create(conn, (0..8).map(|_| Player::builder()))?;
    crowd(&server, &database, |conn, numbers| {
        let team = &teams[usize::try_from(numbers.below(3)).unwrap_or(0)];
        match numbers.below(3) {
            0 => team.add_players(conn, numbers.keys()),
            1 => team.remove_players(conn, numbers.keys()),
            _ => team.set_players(conn, numbers.keys()),
        }
    });
    let mut linked = 0;
    for team in &teams {
        linked += team.count_players(conn)?;
    }
    let free = Player::count_where(conn, players::team_id.is_null())?;
    assert_eq!((linked + free, Player::count(conn)?), (8, 8));
    Ok(())
}
