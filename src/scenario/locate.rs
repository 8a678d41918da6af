//! Finds places in RON text, whole or broken.
//!
//! A small scanner that knows RON's brackets, strings and comments and nothing else. It turns
//! a way such as `beats.arrive.decision.choices[1].to` into a span, and an offset back into
//! such a way, so that a file without faults pays nothing for positions. It never fails: on
//! text that is not RON it finds less.

use std::ops::Range;

use super::diagnostic::Step;

/// Part of a bracketed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'s> {
    /// Field name or map key, as written without quotes; empty for list items.
    pub name: &'s str,
    /// Where the name stands.
    pub name_span: Range<usize>,
    /// Where the value stands.
    pub value: Range<usize>,
}

#[derive(Debug)]
struct Scanner<'s> {
    source: &'s str,
    at: usize,
}

/// Brackets deeper than this are not followed: the parser refuses them anyway.
const DEEPEST: usize = 200;

impl<'s> Scanner<'s> {
    fn bytes(&self) -> &'s [u8] {
        self.source.as_bytes()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'s [u8] {
        self.bytes().get(self.at..).unwrap_or(&[])
    }

    fn skip_blank(&mut self) {
        loop {
            match self.peek() {
                Some(byte) if byte.is_ascii_whitespace() => self.at += 1,
                Some(b'/') if self.rest().starts_with(b"//") => {
                    while self.peek().is_some_and(|byte| byte != b'\n') {
                        self.at += 1;
                    }
                }
                Some(b'/') if self.rest().starts_with(b"/*") => {
                    let mut depth = 0_usize;
                    while self.at < self.source.len() {
                        if self.rest().starts_with(b"/*") {
                            depth += 1;
                            self.at += 2;
                        } else if self.rest().starts_with(b"*/") {
                            depth -= 1;
                            self.at += 2;
                            if depth == 0 {
                                break;
                            }
                        } else {
                            self.at += 1;
                        }
                    }
                }
                _ => return,
            }
        }
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    fn skip_raw_string(&mut self) -> bool {
        let hashes = self.rest()[1..].iter().take_while(|b| **b == b'#').count();
        if self.bytes().get(self.at + 1 + hashes) != Some(&b'"') {
            return false;
        }
        self.at += hashes + 2;
        while self.at < self.source.len() {
            if self.peek() == Some(b'"')
                && self.rest()[1..]
                    .iter()
                    .take(hashes)
                    .filter(|b| **b == b'#')
                    .count()
                    == hashes
            {
                self.at += 1 + hashes;
                return true;
            }
            self.at += 1;
        }
        true
    }

    fn skip_word(&mut self) -> bool {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+' | b'.'))
        {
            self.at += 1;
        }
        self.at > start
    }

    /// Skips one value and says where it stands; nothing at a closing bracket or the end.
    fn value(&mut self, depth: usize) -> Option<Range<usize>> {
        self.skip_blank();
        let start = self.at;
        match self.peek()? {
            b')' | b']' | b'}' | b',' => return None,
            b'"' => self.skip_string(),
            b'r' if matches!(self.bytes().get(self.at + 1), Some(b'"' | b'#')) => {
                if !self.skip_raw_string() {
                    self.skip_word();
                }
            }
            b'\'' => {
                self.at += 1;
                if self.peek() == Some(b'\\') {
                    self.at += 1;
                }
                while self.peek().is_some_and(|b| b != b'\'' && b != b'\n') {
                    self.at += 1;
                }
                self.at += 1;
            }
            b'(' | b'[' | b'{' => self.skip_brackets(depth),
            _ => {
                if self.skip_word() {
                    let end = self.at;
                    self.skip_blank();
                    if self.peek() == Some(b'(') {
                        self.skip_brackets(depth);
                    } else {
                        self.at = end;
                    }
                } else {
                    self.at = self.source.ceil_char_boundary(self.at + 1);
                }
            }
        }
        self.at = self.at.min(self.source.len());
        Some(start..self.at)
    }

    fn skip_brackets(&mut self, depth: usize) {
        self.at += 1;
        if depth >= DEEPEST {
            self.at = self.source.len();
            return;
        }
        loop {
            self.skip_blank();
            match self.peek() {
                None => return,
                Some(b')' | b']' | b'}') => {
                    self.at += 1;
                    return;
                }
                Some(b',' | b':') => self.at += 1,
                Some(_) => {
                    if self.value(depth + 1).is_none() {
                        return;
                    }
                }
            }
        }
    }
}

/// The parts inside the brackets of the value at `span`; none if it has no brackets.
pub(super) fn parts<'s>(source: &'s str, span: &Range<usize>) -> Vec<Part<'s>> {
    let mut scanner = Scanner {
        source,
        at: span.start,
    };
    let mut parts = Vec::new();
    scanner.skip_blank();
    if !matches!(scanner.peek(), Some(b'(' | b'[' | b'{')) {
        scanner.skip_word();
        scanner.skip_blank();
        if scanner.peek() != Some(b'(') {
            return parts;
        }
    }
    scanner.at += 1;
    while scanner.at < span.end {
        scanner.skip_blank();
        match scanner.peek() {
            None | Some(b')' | b']' | b'}') => break,
            Some(b',' | b':') => {
                scanner.at += 1;
                continue;
            }
            Some(_) => {}
        }
        let Some(first) = scanner.value(0) else { break };
        scanner.skip_blank();
        if scanner.peek() == Some(b':') {
            scanner.at += 1;
            let value = scanner.value(0).unwrap_or(scanner.at..scanner.at);
            let name = source.get(first.clone()).unwrap_or("").trim_matches('"');
            parts.push(Part {
                name,
                name_span: first,
                value,
            });
        } else {
            parts.push(Part {
                name: "",
                name_span: first.start..first.start,
                value: first,
            });
        }
    }
    parts
}

/// The whole value of a file.
pub(super) fn root(source: &str) -> Range<usize> {
    let mut scanner = Scanner { source, at: 0 };
    // Inner attributes such as `#![enable(implicit_some)]` come before the value.
    loop {
        scanner.skip_blank();
        if scanner.rest().starts_with(b"#![") {
            while scanner.peek().is_some_and(|byte| byte != b'\n') {
                scanner.at += 1;
            }
        } else {
            break;
        }
    }
    scanner.at..source.len()
}

/// Where the value at the end of the way stands; its nearest ancestor if it is not there.
pub(super) fn span_of(source: &str, steps: &[Step]) -> Option<Range<usize>> {
    let mut here = root(source);
    let mut found = None;
    for step in steps {
        let parts = parts(source, &here);
        let part = match step {
            Step::Field(name) => parts.into_iter().find(|part| part.name == *name),
            Step::Key(key, earlier) => parts
                .into_iter()
                .filter(|part| part.name == key)
                .nth(*earlier),
            Step::Index(index) => parts.into_iter().nth(*index),
        };
        let Some(part) = part else { break };
        here = part.value.clone();
        found = Some(match step {
            Step::Key(..) => part.name_span,
            _ => part.value,
        });
    }
    found.or_else(|| (!source.is_empty()).then(|| 0..first_word(source)))
}

fn first_word(source: &str) -> usize {
    source
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(source.len())
        .max(1)
        .min(source.len())
}

/// The way to the innermost part that holds the offset, as an author reads it.
pub(super) fn path_at(source: &str, offset: usize) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let mut here = root(source);
    'down: for _ in 0..DEEPEST {
        for (index, part) in parts(source, &here).into_iter().enumerate() {
            let whole = part.name_span.start.min(part.value.start)..part.value.end;
            if whole.contains(&offset) {
                if part.name.is_empty() {
                    let _ = write!(text, "[{index}]");
                } else {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(part.name);
                }
                if !part.value.contains(&offset) {
                    return text;
                }
                here = part.value;
                continue 'down;
            }
        }
        break;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"// a comment with ( and "
Scenario(
    id: "a", /* nested /* comment */ ) */
    beats: {
        "arrive": (lines: [Say(by: "x", text: "a \"(\" b")], decision: (choices: [
            Say(id: "one", to: "b"),
            Do(id: "two", to: "c"),
        ])),
        "arrive": (),
    },
)"#;

    #[test]
    fn a_way_leads_to_its_value() {
        let steps = [
            Step::Field("beats"),
            Step::Key("arrive".into(), 0),
            Step::Field("decision"),
            Step::Field("choices"),
            Step::Index(1),
            Step::Field("to"),
        ];
        let span = span_of(SOURCE, &steps).unwrap();
        assert_eq!(&SOURCE[span.clone()], "\"c\"");
        assert_eq!(
            path_at(SOURCE, span.start),
            "beats.arrive.decision.choices[1].to"
        );
    }

    #[test]
    fn a_second_entry_of_the_same_key_is_told_apart() {
        let steps = [Step::Field("beats"), Step::Key("arrive".into(), 1)];
        let span = span_of(SOURCE, &steps).unwrap();
        assert!(span.start > SOURCE.find("Do(").unwrap());
    }

    #[test]
    fn a_missing_part_points_at_its_parent() {
        let steps = [Step::Field("beats"), Step::Key("nowhere".into(), 0)];
        let span = span_of(SOURCE, &steps).unwrap();
        assert!(SOURCE[span].starts_with('{'));
    }

    #[test]
    fn broken_text_is_no_trouble() {
        for end in 0..SOURCE.len() {
            let cut = &SOURCE[..end];
            let _ = span_of(cut, &[Step::Field("beats"), Step::Index(0)]);
            let _ = path_at(cut, end / 2);
        }
    }
}
