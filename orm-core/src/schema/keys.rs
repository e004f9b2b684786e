//! The keys and indexes of tables, collected from all models.

use crate::meta::{ModelMeta, Reference, TableName};

/// All foreign keys, each once. Both ends of an association may mention the same key. Then the end that holds
/// the key takes precedence.
///
/// A junction's column may lead to several tables through its associations: an owner may be a user or a team.
/// It then holds keys of all these tables, unless its model says whose keys they are.
pub(super) fn references(models: &[ModelMeta]) -> Vec<Reference> {
    let mut merged: Vec<Reference> = Vec::new();
    let spoken = |own: bool| {
        let models = models.iter();
        models.flat_map(move |model| {
            let keys = model.references.iter();
            keys.filter(move |key| (key.table == model.table) == own)
        })
    };
    let stated = spoken(true).map(|key| (key.table, key.column));
    let stated: Vec<(TableName, &str)> = stated.collect();
    for key in spoken(true).chain(spoken(false)) {
        let same = |other: &&mut Reference| (other.table, other.column) == (key.table, key.column);
        match merged.iter_mut().find(same) {
            Some(known) => {
                let is_stated = stated.contains(&(key.table, key.column));
                let is_same = known.target_table == key.target_table;
                known.shared |= !is_stated && !is_same && known.junction && key.junction;
                known.on_delete = known.on_delete.or(key.on_delete);
                known.on_update = known.on_update.or(key.on_update);
                known.junction |= key.junction;
            }
            None => merged.push(*key),
        }
    }
    merged
}

/// The unique constraints over several columns: the stated ones, and the pair of a junction.
pub(super) fn uniques(model: &ModelMeta, models: &[ModelMeta]) -> Vec<Vec<&'static str>> {
    let mut uniques: Vec<Vec<&str>> = Vec::new();
    for stated in model.uniques {
        push_new(&mut uniques, stated.to_vec());
    }
    let junctions = models.iter().flat_map(|model| model.junctions);
    for junction in junctions.filter(|junction| junction.table == model.table) {
        let same = |columns: &[&str]| {
            columns.len() == 2 && junction.columns.iter().all(|c| columns.contains(c))
        };
        let is_known = same(model.primary_key) || uniques.iter().any(|columns| same(columns));
        if !is_known && model.pair_identifies(junction.columns) {
            uniques.push(junction.columns.to_vec());
        }
    }
    uniques
}

/// The plain indexes: the stated ones, and one per foreign key that no other index begins with. Without it,
/// reading a parent's rows and deleting the parent would each scan the whole table.
pub(super) fn indexes(model: &ModelMeta, references: &[Reference]) -> Vec<Vec<&'static str>> {
    let single = model.columns.iter().filter(|column| column.index);
    let mut indexes: Vec<Vec<&str>> = single.map(|column| vec![column.name]).collect();
    for stated in model.indexes {
        push_new(&mut indexes, stated.to_vec());
    }
    let begins = |columns: &[&str], name: &str| columns.first() == Some(&name);
    for key in references.iter().filter(|key| key.table == model.table) {
        let known = begins(model.primary_key, key.column)
            || model
                .uniques
                .iter()
                .any(|columns| begins(columns, key.column))
            || indexes.iter().any(|columns| begins(columns, key.column))
            || model
                .columns
                .iter()
                .any(|c| c.unique && c.name == key.column);
        if !known {
            indexes.push(vec![key.column]);
        }
    }
    indexes
}

/// Adds a key unless it is already listed.
fn push_new(keys: &mut Vec<Vec<&'static str>>, key: Vec<&'static str>) {
    if !keys.contains(&key) {
        keys.push(key);
    }
}
