//! `explain`: the page of a rule.

use crate::proof::CURES;
use crate::scenario::diagnostic::suggest;
use crate::scenario::rules::{page, pages};

use super::{FINE, WRONG_USE};

pub(super) fn run(code: Option<&str>) -> u8 {
    let Some(code) = code else {
        for page in pages() {
            println!("{:<24} {}", page.code, page.finds);
        }
        return FINE;
    };
    if let Some(page) = page(code) {
        println!("{}\n\n{}\n", page.code, page.finds);
        println!("{}", wrapped(page.text));
        if page.code == "guessable" {
            for (guesser, cure) in CURES {
                println!("\n{}", wrapped(&format!("{guesser}: {cure}.")));
            }
        }
        return FINE;
    }
    let known: Vec<&str> = pages().iter().map(|page| page.code).collect();
    eprintln!(
        "common-ground: there is no rule `{code}`; {}",
        suggest(code, "rule", known)
    );
    WRONG_USE
}

/// Text in lines of at most 88 characters.
pub(super) fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut() {
            if line.is_empty() {
                line.push_str(word);
                continue;
            }
            if line.chars().count() + 1 + word.chars().count() <= 88 {
                line.push(' ');
                line.push_str(word);
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines.join("\n")
}
