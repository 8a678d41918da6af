//! Statements to a learning record store, each attempt once.
//!
//! An attempt is settled when the store has answered for it and that answer is on disk. Cut off
//! in between, it is sent again with the same ids, which a store takes once only.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{AttemptError, statements_kept};
use crate::records::{Delivery, Store};

const PATIENCE: Duration = Duration::from_secs(30);
/// After so many failures in a row nothing more is tried.
const FAILURES: u32 = 3;

/// Who sends.
#[derive(Clone)]
pub struct Credentials {
    /// User name.
    pub user: String,
    /// Password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

/// What a sending did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Attempts settled by this call.
    pub sent: u64,
    /// Their statements.
    pub statements: u64,
    /// Attempts that wait for the next call.
    pub waiting: u64,
    /// Attempts that the store will not take, each with the reason.
    pub troubles: Vec<String>,
    /// Why nothing more was tried, and what to do.
    pub stopped: Option<String>,
}

/// What the store answered.
enum Answer {
    Taken,
    Conflict(String),
    TooLarge,
    Refused(String),
    /// Try again later.
    Failed(String),
    /// Nothing that is sent would be taken.
    Stop(String),
}

/// Sends every closed attempt that `lrs` has not settled. `clock` gives the time, RFC 3339 in
/// UTC.
///
/// # Errors
/// If the records cannot be read or written.
pub fn send(
    store: &Store,
    lrs: &str,
    credentials: &Credentials,
    clock: &dyn Fn() -> String,
) -> Result<Sent, AttemptError> {
    let lrs = lrs.trim_end_matches('/');
    let mut done = Sent::default();
    if !is_safe(lrs) {
        done.stopped = Some(format!(
            "found address {lrs}, expected one that begins with https:// (http:// only for this computer itself): a password would travel in the clear"
        ));
        return Ok(done);
    }
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into();
    let line = Line {
        agent,
        address: format!("{lrs}/statements"),
        authorization: format!(
            "Basic {}",
            STANDARD.encode(format!("{}:{}", credentials.user, credentials.password))
        ),
    };
    let waiting = store.to_send(lrs)?;
    done.waiting = waiting.len() as u64;
    let mut failures = 0;
    for id in waiting {
        let statements = match statements_kept(store, id) {
            Ok(statements) => statements,
            Err(error) => {
                done.troubles.push(format!("{id}: {error}"));
                continue;
            }
        };
        let count = statements.len();
        let (delivery, detail) = match line.post_in_parts(&statements) {
            Answer::Taken => {
                failures = 0;
                done.sent += 1;
                done.statements += count as u64;
                (Delivery::Sent, String::new())
            }
            Answer::Conflict(why) => (
                Delivery::Conflict,
                format!("the store has other statements under these ids ({why})"),
            ),
            Answer::TooLarge => (
                Delivery::Refused,
                "a single statement is too large for the store".to_owned(),
            ),
            Answer::Refused(why) => (Delivery::Refused, why),
            Answer::Failed(why) => {
                failures += 1;
                store.note_delivery(id, lrs, Delivery::Waiting, count, &why, &clock())?;
                if failures < FAILURES {
                    continue;
                }
                done.stopped = Some(format!(
                    "{why}. What waits is kept: run the command again later"
                ));
                break;
            }
            Answer::Stop(why) => {
                store.note_delivery(id, lrs, Delivery::Waiting, count, &why, &clock())?;
                done.stopped = Some(why);
                break;
            }
        };
        store.note_delivery(id, lrs, delivery, count, &detail, &clock())?;
        done.waiting -= 1;
        if delivery != Delivery::Sent {
            done.troubles.push(format!("{id}: {detail}"));
        }
    }
    if done.stopped.is_none() && failures > 0 {
        done.stopped = Some(
            "the store failed for some attempts. What waits is kept: run the command again later"
                .to_owned(),
        );
    }
    Ok(done)
}

struct Line {
    agent: ureq::Agent,
    address: String,
    authorization: String,
}

impl Line {
    /// Sends the statements, in halves where they are too many at once.
    fn post_in_parts(&self, statements: &[Value]) -> Answer {
        match self.post(statements) {
            Answer::TooLarge if statements.len() > 1 => {
                let (first, second) = statements.split_at(statements.len() / 2);
                match self.post_in_parts(first) {
                    Answer::Taken => self.post_in_parts(second),
                    other => other,
                }
            }
            other => other,
        }
    }

    fn post(&self, statements: &[Value]) -> Answer {
        let body = match serde_json::to_string(statements) {
            Ok(body) => body,
            Err(error) => return Answer::Refused(error.to_string()),
        };
        let answered = self
            .agent
            .post(&self.address)
            .header("Authorization", &self.authorization)
            .header("X-Experience-API-Version", "1.0.3")
            .header("Content-Type", "application/json")
            .send(body.as_str());
        let mut response = match answered {
            Ok(response) => response,
            Err(error) => {
                return Answer::Stop(format!(
                    "found no answer from {} ({error}). What waits is kept: check the address and the network, then run the command again",
                    self.address
                ));
            }
        };
        let status = response.status().as_u16();
        let text = response.body_mut().read_to_string().unwrap_or_default();
        let said: String = text.chars().filter(|c| !c.is_control()).take(200).collect();
        match status {
            204 => Answer::Taken,
            200 if lists_all(&text, statements) => Answer::Taken,
            200 => Answer::Stop(format!(
                "found an answer that is none of a learning record store at {}: check the address",
                self.address
            )),
            401 | 403 => Answer::Stop(format!(
                "the store refuses user or password ({status}): check COMMON_GROUND_LRS_USER and COMMON_GROUND_LRS_PASSWORD. What waits is kept"
            )),
            409 => Answer::Conflict(said),
            413 => Answer::TooLarge,
            429 | 500..=599 => Answer::Failed(format!("the store failed ({status}) {said}")),
            300..=399 | 404 | 405 => Answer::Stop(format!(
                "found no learning record store at {} ({status}): check the address",
                self.address
            )),
            _ => Answer::Refused(format!(
                "the store refuses the statements ({status}) {said}"
            )),
        }
    }
}

/// Whether the store names every statement that was sent.
fn lists_all(text: &str, statements: &[Value]) -> bool {
    let Ok(ids) = serde_json::from_str::<Vec<String>>(text) else {
        return false;
    };
    statements
        .iter()
        .filter_map(|statement| statement["id"].as_str())
        .all(|id| ids.iter().any(|there| there.eq_ignore_ascii_case(id)))
}

/// A password may travel only encrypted or within this computer.
fn is_safe(address: &str) -> bool {
    if let Some(rest) = address.strip_prefix("http://") {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
        return matches!(host, "127.0.0.1" | "localhost" | "[::1]");
    }
    address.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_does_not_travel_in_the_clear() {
        assert!(is_safe("https://lrs.force.example/xapi"));
        assert!(is_safe("http://127.0.0.1:8100/xAPI"));
        assert!(!is_safe("http://lrs.force.example/xapi"));
        assert!(!is_safe("http://localhost.evil.example/"));
        assert!(!is_safe("http://localhost@evil.example/"));
        assert!(!is_safe("lrs.force.example"));
    }
}
