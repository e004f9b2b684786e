//! Decides which tables can appear in one Diesel query.
//!
//! Diesel needs a `TableNotEqual` impl for each ordered pair of tables. `schema!` knows models, and
//! could name their tables only as `<User as Model>::Table`. rustc cannot see at a glance that impls
//! for such types differ, and compares each impl with each other: the number of impls grows with the
//! square of the models, and the work with their fourth power. So the pairs here are pairs of models,
//! which rustc tells apart by name, and the derive connects them to Diesel's trait with one impl per
//! table.

/// Implemented if a `schema!` lists this model and `Other`, each with a table of its own.
#[diagnostic::on_unimplemented(
    message = "the tables of `{Self}` and `{Other}` cannot appear in one query",
    label = "no `schema!` lists both models",
    note = "list them in one: `orm_core::schema! {{ pub App {{ {Self}, {Other} }} }}`"
)]
pub trait InOneSchema<Other> {}

/// A table that can appear in one query with the table of the model `Other`.
///
/// The derive implements it for the model's table if the model is [`InOneSchema`] with `Other`.
#[diagnostic::on_unimplemented(
    message = "the table `{Self}` cannot appear in one query with that of `{Other}`",
    note = "list both models in one `orm_core::schema!`, or use `diesel::allow_tables_to_appear_in_same_query!`"
)]
pub trait ApartFrom<Other> {}

#[cfg(test)]
mod tests {
    use super::InOneSchema;

    macro_rules! schema_of_many {
        ($($model:ident)+) => {
            $(struct $model;)+
            crate::__schema_pairs! { [$($model)+] [] }
        };
    }

    schema_of_many! {
        M0 M1 M2 M3 M4 M5 M6 M7 M8 M9 M10 M11 M12 M13 M14 M15 M16 M17 M18 M19 M20 M21 M22 M23
        M24 M25 M26 M27 M28 M29 M30 M31 M32 M33 M34 M35 M36 M37 M38 M39 M40 M41 M42 M43 M44 M45
        M46 M47 M48 M49 M50 M51 M52 M53 M54 M55 M56 M57 M58 M59 M60 M61 M62 M63 M64 M65 M66 M67
        M68 M69 M70 M71 M72 M73 M74 M75 M76 M77 M78 M79 M80 M81 M82 M83 M84 M85 M86 M87 M88 M89
        M90 M91 M92 M93 M94 M95 M96 M97 M98 M99 M100 M101 M102 M103 M104 M105 M106 M107 M108
        M109 M110 M111 M112 M113 M114 M115 M116 M117 M118 M119 M120 M121 M122 M123 M124 M125
        M126 M127 M128 M129 M130 M131 M132 M133 M134 M135 M136 M137 M138 M139 M140 M141 M142
        M143 M144 M145 M146 M147 M148 M149
    }

    const fn paired<A: InOneSchema<B>, B: InOneSchema<A>>() {}

    /// The compiler checks what this test asks.
    #[test]
    fn a_list_may_be_longer_than_a_macro_may_nest() {
        const {
            paired::<M0, M149>();
            paired::<M7, M8>();
            paired::<M0, M1>();
            paired::<M148, M149>();
            paired::<M70, M90>();
        }
    }
}
