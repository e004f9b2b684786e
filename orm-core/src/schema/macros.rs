//! The `schema!` macro.

/// Lists the models of an application, so that you can create their tables and query them together.
///
/// ```
/// use diesel::prelude::*;
/// use orm_core::prelude::*;
///
/// #[derive(Model, Debug, Clone)]
/// #[has_many(Post, fk = "author_id", as = "posts")]
/// pub struct User {
///     #[model(primary_key)]
///     pub id: i32,
///     pub name: String,
/// }
///
/// #[derive(Model, Debug, Clone)]
/// #[belongs_to(User, fk = "author_id", as = "author", on_delete = "cascade")]
/// pub struct Post {
///     #[model(primary_key)]
///     pub id: i32,
///     pub author_id: i32,
///     pub title: String,
/// }
///
/// orm_core::schema! { pub Blog { User, Post } }
///
/// fn main() -> orm_core::Result<()> {
///     let conn = &mut SqliteConnection::establish(":memory:").expect("SQLite opens");
///     Blog::create_all(conn)?;
///     Blog::create_all(conn)?; // no error, and nothing is lost
///     Ok(())
/// }
/// ```
///
/// If an association names a model that the list lacks, the program does not compile.
///
/// Mark a model with `#[adopted]` if Diesel's own `schema.rs` declares its table: `schema.rs` already lets
/// such tables appear in one query, and Rust allows only one such declaration. Adopted tables are neither
/// created nor dropped.
///
/// Mark a second model of a listed table with `#[view]`, for example one with fewer columns for includes that
/// need no more. It also names its table with `#[model(schema = …)]`. You can only read through it:
/// `Byline::create(…)`, and `update`, `save` and `destroy` on one of its rows, do not compile.
///
/// ```
/// use orm_core::prelude::*;
///
/// #[derive(Model, Debug, Clone)]
/// pub struct User {
///     #[model(primary_key)]
///     pub id: i32,
///     pub name: String,
///     pub biography: String,
/// }
///
/// #[derive(Model, Debug, Clone)]
/// #[model(schema = users)]
/// pub struct Byline {
///     #[model(primary_key)]
///     pub id: i32,
///     pub name: String,
/// }
///
/// #[derive(Model, Debug, Clone)]
/// #[belongs_to(User, fk = "author_id", as = "author")]
/// #[belongs_to(Byline, fk = "author_id", as = "byline")]
/// pub struct Post {
///     #[model(primary_key)]
///     pub id: i32,
///     pub author_id: i32,
/// }
///
/// orm_core::schema! { pub Blog { User, Post, #[view] Byline } }
/// # fn main() {}
/// ```
///
/// The models must belong to the crate that calls the macro, or be marked `#[adopted]`.
#[macro_export]
macro_rules! schema {
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident { $($models:tt)* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        $vis struct $name;

        $crate::__schema_sort! { $name [] [] [] $($models)* }
    };
}

/// Sorts the list into the schema's own models, adopted models, and views.
///
/// It takes eight at a time if it can, because a macro can call itself only 128 times.
#[doc(hidden)]
#[macro_export]
macro_rules! __schema_sort {
    ($name:ident [$($own:ident)*] [$($adopted:ident)*] [$($view:ident)*]
     $a:ident, $b:ident, $c:ident, $d:ident, $e:ident, $f:ident, $g:ident, $h:ident,
     $($rest:tt)*) => {
        $crate::__schema_sort! {
            $name [$($own)* $a $b $c $d $e $f $g $h] [$($adopted)*] [$($view)*] $($rest)*
        }
    };
    ($name:ident [$($own:ident)*] [$($adopted:ident)*] [$($view:ident)*]
     #[adopted] $model:ident $(, $($rest:tt)*)?) => {
        $crate::__schema_sort! { $name [$($own)*] [$($adopted)* $model] [$($view)*] $($($rest)*)? }
    };
    ($name:ident [$($own:ident)*] [$($adopted:ident)*] [$($view:ident)*]
     #[view] $model:ident $(, $($rest:tt)*)?) => {
        $crate::__schema_sort! { $name [$($own)*] [$($adopted)*] [$($view)* $model] $($($rest)*)? }
    };
    ($name:ident [$($own:ident)*] [$($adopted:ident)*] [$($view:ident)*]
     $model:ident $(, $($rest:tt)*)?) => {
        $crate::__schema_sort! { $name [$($own)* $model] [$($adopted)*] [$($view)*] $($($rest)*)? }
    };
    ($name:ident [$($own:ident)*] [$($adopted:ident)*] [$($view:ident)*]) => {
        impl $crate::Schema for $name {
            const MODELS: &'static [$crate::__private::ModelMeta] = &[
                $(<$own as $crate::__private::Model>::META,)*
                $(<$adopted as $crate::__private::Model>::META,)*
            ];
        }

        const _: () = $crate::__private::check_schema(<$name as $crate::Schema>::MODELS);

        $(impl $crate::__private::HasModel<$own> for $name {})*
        $(impl $crate::__private::HasModel<$adopted> for $name {})*
        $(impl $crate::__private::HasModel<$view> for $name {})*
        $($crate::__schema_view! { $view })*

        const _: () = {
            $(<$own as $crate::__private::TargetsIn<$name>>::CHECKED;)*
            $(<$adopted as $crate::__private::TargetsIn<$name>>::CHECKED;)*
        };

        $crate::__schema_pairs! { [$($own)*] [$($adopted)*] }
    };
}

/// The calls that a view does not have. Methods of the type take precedence over those of traits. The bound
/// is on the line of the name, so that rustc shows only one of the two.
#[doc(hidden)]
#[macro_export]
macro_rules! __schema_view {
    ($view:ident) => {
        #[allow(dead_code, missing_docs)]
        impl $view {
            #[doc(hidden)]
            #[rustfmt::skip]
            pub fn create<C: $crate::__private::Writes<Self>, N>(_: &mut C, _: N) -> $crate::Result<Self> {
                C::never()
            }

            #[doc(hidden)]
            #[rustfmt::skip]
            pub fn bulk_create<C: $crate::__private::Writes<Self>, N>(_: &mut C, _: N) -> $crate::Result<Self> {
                C::never()
            }

            #[doc(hidden)]
            #[rustfmt::skip]
            pub fn upsert<C: $crate::__private::Writes<Self>, N>(_: &mut C, _: N) -> $crate::Result<Self> {
                C::never()
            }

            #[doc(hidden)]
            #[rustfmt::skip]
            pub fn find_or_create<C: $crate::__private::Writes<Self>, P, N>(_: &mut C, _: P, _: N) -> $crate::Result<(Self, bool)> {
                C::never()
            }

            #[doc(hidden)]
            #[rustfmt::skip]
            pub fn update<C: $crate::__private::Writes<Self>, A>(&mut self, _: &mut C, _: A) -> $crate::Result<()> {
                C::never()
            }

            #[doc(hidden)]
            #[rustfmt::skip]
            pub fn increment<C: $crate::__private::Writes<Self>, A, B>(&mut self, _: &mut C, _: A, _: B) -> $crate::Result<()> {
                C::never()
            }

            #[doc(hidden)]
            #[rustfmt::skip]
            pub fn decrement<C: $crate::__private::Writes<Self>, A, B>(&mut self, _: &mut C, _: A, _: B) -> $crate::Result<()> {
                C::never()
            }

            #[doc(hidden)]
            #[rustfmt::skip]
            pub fn save<C: $crate::__private::Writes<Self>>(&mut self, _: &mut C) -> $crate::Result<()> {
                C::never()
            }

            #[doc(hidden)]
            #[rustfmt::skip]
            pub fn destroy<C: $crate::__private::Writes<Self>>(&self, _: &mut C) -> $crate::Result<()> {
                C::never()
            }
        }
    };
}

/// Lets every pair of tables appear in one Diesel query, except two adopted ones.
#[doc(hidden)]
#[macro_export]
macro_rules! __schema_pairs {
    ([] [$($adopted:ident)*]) => {};
    // Takes the first eight with all others, and then each part by itself, so that long lists do not nest
    // deeply.
    ([$a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident $($rest:ident)+]
     $adopted:tt) => {
        $crate::__schema_pairs! { @each [$a $b $c $d $e $f $g $h] with [$($rest)+] }
        $crate::__schema_pairs! { [$a $b $c $d $e $f $g $h] $adopted }
        $crate::__schema_pairs! { [$($rest)+] $adopted }
    };
    ([$first:ident $($rest:ident)*] [$($adopted:ident)*]) => {
        $crate::__schema_pairs! { @one $first with [$($rest)*] }
        $($crate::__schema_pairs! { @adopted $first $adopted })*
        $crate::__schema_pairs! { [$($rest)*] [$($adopted)*] }
    };
    (@each [$($left:ident)+] with $right:tt) => {
        $($crate::__schema_pairs! { @one $left with $right })+
    };
    (@one $left:ident with [$($right:ident)*]) => {
        $(
            impl $crate::__private::InOneSchema<$right> for $left {}
            impl $crate::__private::InOneSchema<$left> for $right {}
        )*
    };
    (@adopted $own:ident $adopted:ident) => {
        impl $crate::__private::diesel::query_source::TableNotEqual<
            <$adopted as $crate::__private::Model>::Table,
        > for <$own as $crate::__private::Model>::Table {}

        impl $crate::__private::diesel::query_source::TableNotEqual<
            <$own as $crate::__private::Model>::Table,
        > for <$adopted as $crate::__private::Model>::Table {}
    };
}
