//! What the guide says about a connection's URL.

#[cfg(feature = "sqlite")]
mod sqlite {
    use diesel::Connection as _;
    use orm_core::prelude::*;
    use orm_tests::Conn;

    use crate::support::Result;
    use crate::support::blog::{Blog, User};

    #[test]
    fn a_url_is_a_path_or_memory_or_a_uri_with_flags() -> Result {
        // DS.3
        let path = std::env::temp_dir().join(format!("orm_urls_{}.db", std::process::id()));
        let path = path.to_str().expect("a path of letters").to_owned();
        let _ = std::fs::remove_file(&path);

        let missing = Conn::establish(&format!("file:{path}?mode=rw"));
        assert!(missing.is_err(), "`mode=rw` creates no file");
        Blog::create_all(&mut Conn::establish(&path).expect("a path opens"))?;

        let uri = format!("file:{path}?mode=ro");
        let read_only = &mut Conn::establish(&uri).expect("a URI opens");
        assert_eq!(User::count(read_only)?, 0);
        let refused = Blog::drop_all(read_only).expect_err("it is read only");
        assert!(orm_tests::chain(&refused).contains("readonly"), "{refused}");

        let memory = &mut Conn::establish(":memory:").expect("memory opens");
        assert!(User::count(memory).is_err(), "it is empty");
        let _ = std::fs::remove_file(&path);
        Ok(())
    }
}

#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
mod postgres {
    use diesel::Connection as _;
    use orm_tests::{Conn, texts};

    fn with(options: &str) -> Conn {
        let url = std::env::var("ORM_TEST_POSTGRES_URL").expect("ORM_TEST_POSTGRES_URL is set");
        let sign = if url.contains('?') { '&' } else { '?' };
        Conn::establish(&format!("{url}{sign}{options}")).expect("PostgreSQL answers")
    }

    fn setting(conn: &mut Conn, name: &str) -> String {
        texts(conn, &format!("SELECT current_setting('{name}') AS t")).concat()
    }

    #[test]
    fn options_of_the_url_reach_the_server() {
        // DS.5, DS.13
        let conn = &mut with(
            "application_name=desk&connect_timeout=5&client_encoding=UTF8\
             &options=-c%20statement_timeout%3D7s%20-c%20client_min_messages%3Dwarning",
        );
        assert_eq!(setting(conn, "application_name"), "desk");
        assert_eq!(setting(conn, "statement_timeout"), "7s");
        assert_eq!(setting(conn, "client_min_messages"), "warning");
    }

    #[test]
    fn a_statement_that_takes_too_long_is_cut_off() {
        let conn = &mut with("options=-c%20statement_timeout%3D50ms");
        let slept = diesel::connection::SimpleConnection::batch_execute(conn, "SELECT pg_sleep(5)");
        let error = slept.expect_err("it is cut off").to_string();
        assert!(error.contains("statement timeout"), "{error}");
    }
}

#[cfg(all(feature = "mysql", not(any(feature = "sqlite", feature = "postgres"))))]
mod mysql {
    use diesel::Connection as _;
    use diesel::connection::SimpleConnection as _;
    use orm_tests::{Conn, connect, texts};

    #[test]
    fn the_url_says_how_tls_is_used() {
        // DS.4
        let url = std::env::var("ORM_TEST_MYSQL_URL").expect("ORM_TEST_MYSQL_URL is set");
        let sign = if url.contains('?') { '&' } else { '?' };
        Conn::establish(&format!("{url}{sign}ssl_mode=preferred")).expect("it is known");
        let unknown = Conn::establish(&format!("{url}{sign}ssl_mode=perhaps"));
        assert!(unknown.is_err());
    }

    #[test]
    fn diesel_sets_the_time_zone_and_the_charset() {
        let conn = &mut connect();
        let zone = texts(conn, "SELECT @@time_zone AS t").concat();
        let charset = texts(conn, "SELECT @@character_set_client AS t").concat();
        assert_eq!((&zone[..], &charset[..]), ("+00:00", "utf8mb4"));
        // All else is `SET`, once per connection.
        conn.batch_execute("SET SESSION innodb_lock_wait_timeout = 7")
            .expect("it is set");
        let sql = "SELECT CAST(@@innodb_lock_wait_timeout AS CHAR) AS t";
        assert_eq!(texts(conn, sql), ["7"]);
    }
}
