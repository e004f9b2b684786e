//! The methods that associations have on the instance.

use crate::attrs::Kind;

/// Makes an enum per kind of the table below, so that the code that emits the methods has to `match` each one.
macro_rules! methods {
    ($($kind:ident { $($method:ident = $name:literal, $doc:literal;)+ })+) => {
        $(
            #[derive(Clone, Copy)]
            pub(crate) enum $kind {
                $($method,)+
            }
        )+

        /// A method of an association.
        #[derive(Clone, Copy)]
        pub(crate) enum Method {
            $($kind($kind),)+
        }

        impl Method {
            /// The methods of a kind, in the order in which they are emitted.
            pub(super) fn of(kind: Kind) -> &'static [Self] {
                match kind {
                    $(Kind::$kind => &[$(Self::$kind($kind::$method),)+],)+
                }
            }

            /// Its name and what is said of it. The names of the association are still to be put in.
            pub(super) fn patterns(self) -> (&'static str, &'static str) {
                match self {
                    $($(Self::$kind($kind::$method) => ($name, $doc),)+)+
                }
            }
        }
    };
}

methods! {
    HasOne {
        Get = "get_{alias}", "The row that is linked, if any.";
        Has = "has_{alias}", "Whether a row is linked.";
        Set = "set_{alias}", "Links this row and no other, in one transaction; `None` only unlinks.";
        Create = "create_{alias}", "Creates a row and links it and no other, in one transaction.";
    }
    BelongsTo {
        Get = "get_{alias}", "The row that this one belongs to.";
        Set = "set_{alias}", "Makes this row belong to another, here and in the database.";
        Create = "create_{alias}", "Creates a row and makes this one belong to it, in one transaction.";
    }
    HasMany {
        Query = "query_{alias}", "The Diesel query behind `get_{alias}`.";
        Get = "get_{alias}", "All rows that are linked.";
        Count = "count_{alias}", "How many rows are linked.";
        Has = "has_{singular}", "Whether this row is linked.";
        HasAll = "has_{alias}", "Whether all of these are linked.";
        Add = "add_{singular}", "Links this row.";
        AddAll = "add_{alias}", "Links these rows, in one statement.";
        Remove = "remove_{singular}", "Unlinks this row.";
        RemoveAll = "remove_{alias}", "Unlinks these rows, in one statement.";
        Set = "set_{alias}", "Links exactly these rows, in one transaction.";
        Create = "create_{singular}", "Creates a row that is linked.";
        CreateAll = "create_{alias}", "Creates rows that are linked.";
    }
    BelongsToMany {
        Query = "query_{alias}", "The Diesel query behind `get_{alias}`.";
        Get = "get_{alias}", "All rows that are linked.";
        Count = "count_{alias}", "How many rows are linked.";
        Has = "has_{singular}", "Whether this row is linked.";
        HasAll = "has_{alias}", "Whether all of these are linked.";
        Add = "add_{singular}", "Links this row; a link that is there stays.";
        AddAll = "add_{alias}", "Links these rows, in one statement; links that are there stay.";
        Remove = "remove_{singular}", "Unlinks this row.";
        RemoveAll = "remove_{alias}", "Unlinks these rows, in one statement.";
        Set = "set_{alias}", "Links exactly these rows, in one transaction.";
        SetWith = "set_{alias}_with",
            "Links exactly these rows, with these columns of the junction.";
        AddAllWith = "add_{alias}_with",
            "Links these rows, with these columns of the junction; links that are there take them.";
        AddWith = "add_{singular}_with",
            "Links this row, with these columns of the junction; a link that is there takes them.";
        Create = "create_{singular}", "Creates a row and links it, in one transaction.";
        CreateWith = "create_{singular}_with",
            "Creates a row and links it with these columns of the junction, in one transaction.";
    }
}
