use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[rustfmt::skip]
pub struct Cell {
    #[model(primary_key)] pub a: i32,
    #[model(primary_key)] pub b: i32,
    #[model(primary_key)] pub c: i32,
    #[model(primary_key)] pub d: i32,
    #[model(primary_key)] pub e: i32,
    #[model(primary_key)] pub f: i32,
    #[model(primary_key)] pub g: i32,
    #[model(primary_key)] pub h: i32,
    #[model(primary_key)] pub i: i32,
    #[model(primary_key)] pub j: i32,
    #[model(primary_key)] pub k: i32,
    #[model(primary_key)] pub l: i32,
    #[model(primary_key)] pub m: i32,
}

fn main() {}
