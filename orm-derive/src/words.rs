//! English plurals and singulars of words in lower case.
//!
//! The rules are those of the crate `pluralizer`, which took them from the NPM package `pluralize`
//! (MIT). That crate compiles them as regular expressions whenever the compiler loads this crate, so
//! each build and each edit would pay for them. Here they are compared with the end of the word
//! directly. A test keeps the two in agreement.

/// Singulars and plurals that follow no rule.
const IRREGULAR: &[(&str, &str)] = &[
    ("i", "we"),
    ("me", "us"),
    ("he", "they"),
    ("she", "they"),
    ("them", "them"),
    ("myself", "ourselves"),
    ("yourself", "yourselves"),
    ("itself", "themselves"),
    ("herself", "themselves"),
    ("himself", "themselves"),
    ("themself", "themselves"),
    ("is", "are"),
    ("was", "were"),
    ("has", "have"),
    ("this", "these"),
    ("that", "those"),
    ("my", "our"),
    ("its", "their"),
    ("his", "their"),
    ("her", "their"),
    ("echo", "echoes"),
    ("dingo", "dingoes"),
    ("volcano", "volcanoes"),
    ("tornado", "tornadoes"),
    ("torpedo", "torpedoes"),
    ("genus", "genera"),
    ("viscus", "viscera"),
    ("stigma", "stigmata"),
    ("stoma", "stomata"),
    ("dogma", "dogmata"),
    ("lemma", "lemmata"),
    ("schema", "schemata"),
    ("anathema", "anathemata"),
    ("ox", "oxen"),
    ("axe", "axes"),
    ("die", "dice"),
    ("yes", "yeses"),
    ("foot", "feet"),
    ("eave", "eaves"),
    ("goose", "geese"),
    ("tooth", "teeth"),
    ("quiz", "quizzes"),
    ("human", "humans"),
    ("proof", "proofs"),
    ("carve", "carves"),
    ("valve", "valves"),
    ("looey", "looies"),
    ("thief", "thieves"),
    ("groove", "grooves"),
    ("pickaxe", "pickaxes"),
    ("passerby", "passersby"),
    ("canvas", "canvases"),
];

/// Words that stay as they are.
const UNCOUNTABLE: &str = "\
adulthood advice agenda aid aircraft alcohol ammo analytics anime athletics audio bison \
blood bream buffalo butter carp cash chassis chess clothing cod commerce cooperation \
corps debris diabetes digestion elk energy equipment excretion expertise firmware \
flounder fun gallows garbage graffiti hardware headquarters health herpes highjinks \
homework housework information jeans justice kudos labour literature machinery mackerel \
mail media mews moose music mud manga news only personnel pike plankton pliers police \
pollution premises rain research rice salmon scissors series sewage shambles shrimp \
software staff swine tennis traffic transportation trout tuna wealth welfare whiting \
wildebeest wildlife you";

/// A rule. If a word ends in one of the first followed by one of the second, it keeps the first and
/// replaces the second by the third. A dot stands for no letter at all, `^` for the beginning of the
/// word, and a capital for a [`class`] of letters.
type Rule = (&'static str, &'static str, &'static str);

/// Words that stay the same in both directions. Tried before the other rules.
const UNCHANGED: Rule = (
    "pokemon pokémon Cese deer fish measles ois ous pox sheep",
    ".",
    "",
);

const LATIN_US: &str =
    "alumn syllab vir radi nucle fung cact stimul termin bacill foc uter loc strat";
const LATIN_UM: &str = "agend addend millenni dat extrem bacteri desiderat strat candelabr errat ov \
    symposi curricul quor";
const GREEK_ON: &str = "apheli hyperbat periheli asyndet noumen phenomen criteri organ prolegomen \
    hedr automat";

/// In the order in which they are tried.
const PLURAL: &[Rule] = &[
    UNCHANGED,
    ("^", "thou", "you"),
    ("m", "an en", "en"),
    ("eaux", ".", ""),
    ("child", "ren .", "ren"),
    ("pe", "rson ople", "ople"),
    ("^m ^titm ^l", "ice ouse", "ice"),
    ("matr cod mur sil vert ind append", "ix ex", "ices"),
    ("x ch ss sh zz", ".", "es"),
    ("HEL", "ey", "ies"),
    ("K qu", "y", "ies"),
    ("kni wi li", "fe", "ves"),
    ("ar l ea eo oa hoo", "f", "ves"),
    (".", "sis", "ses"),
    (GREEK_ON, "a on", "a"),
    (LATIN_UM, "a um", "a"),
    ("automat", "um", "a"),
    ("her at gr", "o", "oes"),
    ("seraph cherub", "im .", "im"),
    ("alumn alg vertebr", "a ae", "ae"),
    (LATIN_US, "us i", "i"),
    ("Nias Vlas eas jas zas ras iam uam", ".", ""),
    ("emu enu", "s .", "s"),
    ("alias Uus tlas tmas gas ris", ".", "es"),
    ("ax test", "is", "es"),
    ("A", ".", ""),
    (".", "s .", "s"),
];

/// In the order in which they are tried.
const SINGULAR: &[Rule] = &[
    UNCHANGED,
    (".", "men", "man"),
    ("eau", "x .", ""),
    ("child", "ren", ""),
    ("pe", "rson ople", "rson"),
    ("matr append", "ices", "ix"),
    ("cod mur sil vert ind", "ices", "ex"),
    ("alumn alg vertebr", "ae", "a"),
    (GREEK_ON, "a", "on"),
    (LATIN_UM, "a", "um"),
    (LATIN_US, "us i", "us"),
    ("test", "is es", "is"),
    ("movie twelve abuse emu enu", "s", ""),
    (
        "analy diagno parenthe progno synop the empha cri ne",
        "sis ses",
        "sis",
    ),
    (
        "x ch ss sh zz tto go cho alias Uus tlas tmas gas hero ato gro Vris",
        "es .",
        "",
    ),
    ("seraph cherub", "im", ""),
    ("^m ^titm ^l", "ice", "ouse"),
    ("^mon ^smil", "ies", "ey"),
    (
        "^l ^t ^neckt ^crosst ^hogt ^aunt ^coll ^faer ^food ^gen ^goon ^group ^hipp ^junk ^vegg ^p \
         ^porkp ^charl ^calor ^cut",
        "ies",
        "ie",
    ),
    (
        "dg ss ois lk ok wn mb th ch ec oal is ck ix sser ts wb",
        "ies",
        "ie",
    ),
    (".", "ies", "y"),
    ("ar wol al el ea eo oa oo", "ves", "f"),
    (
        "wi kni afterli halfli highli lowli midli nonli nightli ^li",
        "ves",
        "fe",
    ),
    ("ss", ".", ""),
    (".", "s", ""),
];

pub(crate) fn plural(word: &str) -> String {
    let mut irregular = IRREGULAR.iter();
    if IRREGULAR.iter().any(|(_, plural)| *plural == word) {
        return word.to_owned();
    }
    match irregular.rfind(|(singular, _)| *singular == word) {
        Some((_, plural)) => (*plural).to_owned(),
        None => by_rule(word, PLURAL),
    }
}

pub(crate) fn singular(word: &str) -> String {
    let mut irregular = IRREGULAR.iter();
    if IRREGULAR.iter().any(|(singular, _)| *singular == word) {
        return word.to_owned();
    }
    // `they` has several singulars; the last one counts.
    match irregular.rfind(|(_, plural)| *plural == word) {
        Some((singular, _)) => (*singular).to_owned(),
        None => by_rule(word, SINGULAR),
    }
}

fn by_rule(word: &str, rules: &[Rule]) -> String {
    if word.is_empty() || UNCOUNTABLE.split_whitespace().any(|same| same == word) {
        return word.to_owned();
    }
    let mut changed = rules.iter().filter_map(|rule| changed_by(word, rule));
    changed.next().unwrap_or_else(|| word.to_owned())
}

fn changed_by(word: &str, (kept, cut, put): &Rule) -> Option<String> {
    let mut stems = cut.split_whitespace().filter_map(|cut| match cut {
        "." => Some(word),
        _ => word.strip_suffix(cut),
    });
    let stem = stems.find(|stem| kept.split_whitespace().any(|kept| ends(stem, kept)))?;
    Some(format!("{stem}{put}"))
}

/// Whether a word ends as the pattern states.
fn ends(word: &str, pattern: &str) -> bool {
    let mut letters = word.chars().rev();
    pattern.chars().rev().all(|expected| match expected {
        '.' => true,
        '^' => letters.next().is_none(),
        _ => letters.next().is_some_and(|letter| match expected {
            class_name if class_name.is_ascii_uppercase() => class(class_name, letter),
            _ => letter == expected,
        }),
    })
}

fn class(name: char, letter: char) -> bool {
    match name {
        'A' => !letter.is_ascii(),
        'V' => "aeiou".contains(letter),
        'C' => !"aeiou".contains(letter),
        'K' => !"aeiouy".contains(letter),
        'U' => !"aou".contains(letter),
        'N' => letter != 'l',
        'H' => !"ch".contains(letter),
        'E' => "ieo".contains(letter),
        'L' => "ln".contains(letter),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(word: &str) {
        assert_eq!(
            plural(word),
            pluralizer::pluralize(word, 2, false),
            "{word}"
        );
        assert_eq!(
            singular(word),
            pluralizer::pluralize(word, 1, false),
            "{word}"
        );
    }

    #[test]
    fn words_of_the_rules_are_as_the_crate_has_them() {
        for (singular, plural) in IRREGULAR {
            same(singular);
            same(plural);
        }
        UNCOUNTABLE.split_whitespace().for_each(same);
        let before = ["", "a", "l", "c", "blog_", "pork", "titmo"];
        for (kept, cut, put) in PLURAL.iter().chain(SINGULAR) {
            for kept in kept.split_whitespace() {
                let kept = kept.trim_start_matches(['^', '.']).to_lowercase();
                for end in cut.split_whitespace().chain([*put]) {
                    let end = end.trim_matches('.');
                    for before in before {
                        same(&format!("{before}{kept}{end}"));
                        same(&format!("{before}{kept}{end}s"));
                        same(&format!("{before}{kept}{end}es"));
                    }
                }
            }
        }
    }

    #[test]
    fn all_endings_are_as_the_crate_has_them() {
        let letters = "abcdefghijklmnopqrstuvwxyz_1é";
        for first in letters.chars() {
            for second in letters.chars() {
                for third in letters.chars() {
                    same(&format!("wob{first}{second}{third}"));
                }
            }
        }
    }

    #[test]
    fn names_of_tables_are_as_the_crate_has_them() {
        let words = "account activity address alias analysis answer api_key archive article asset \
            attachment audience author axis baby badge bank basis batch bonus book box branch bus \
            business campus canvas case category cause child choice city class clause cloth coach \
            code comment company copy corpus country course court crisis criterion currency customer \
            cycle data datum day delivery device diagnosis discount dish dress driver duty employee \
            entity entry event exam expense face factory family fax fee feedback field file fix fly \
            focus foot form formula gas genre glass goods grade group guess half hero history hobby \
            hotel house hypothesis image index inventory invoice issue item journey judge key knife \
            label leaf lens level library license life line_item list load location loss lunch machine \
            man match matrix mean medium menu message metadata method mouse movie news node note \
            nucleus number octopus office order_line ox page parenthesis parish party pass patch path \
            payment people permission person phase phenomenon photo piano picture piece play policy \
            portfolio post potato presence price privilege process product property purchase query \
            quiz race radio radius reply research response role roof room safe sale schema scheme \
            season self series service session sheep shelf shoe site size sky song source space \
            species speech staff stage status step stimulus story stress strategy studio study suffix \
            summary survey switch syllabus synopsis table tag tax taxi team test theme thesis thief \
            ticket tie time tomato tooth toy trace transaction tree turkey tweet type unit user vacancy \
            valve verse vertex virus visa visit voice volcano vote warehouse watch wave way week wife \
            window wish witness wolf woman word year zone blog_post user_address tag_category \
            posts_read order_items children mice people statuses addresses boxes indices data";
        words.split_whitespace().for_each(|word| {
            same(word);
            same(&plural(word));
        });
    }
}
