//! One attempt as xAPI 1.0.3 statements: initialized, answered for each decision, completed,
//! passed or failed (assessments only), terminated.
//!
//! The actor is the pseudonym; names never go along. Ids follow from the attempt (UUID version
//! 5), so that sending twice is the same as sending once.

use serde_json::{Value, json};
use uuid::{Builder, Uuid};

use crate::scoring::{Review, ReviewStep, Verdict};

/// Where the words of our own stand; a reserved name, since nothing is to be fetched there.
const OWN: &str = "https://common-ground.example/xapi";
const VERBS: &str = "http://adlnet.gov/expapi/verbs";
const ACTIVITIES: &str = "http://adlnet.gov/expapi/activities";

/// What only the records know of the attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XapiAttempt {
    /// Attempt id: the registration.
    pub attempt: Uuid,
    /// The trainee's pseudonym.
    pub trainee: String,
    /// `practice` or `assessment`.
    pub mode: String,
    /// Why an assessment was only a trial; none otherwise.
    pub trial: Option<String>,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// When closed, RFC 3339 in UTC.
    pub ended: String,
    /// When each move in force was made, RFC 3339 in UTC.
    pub made: Vec<String>,
    /// Milliseconds taken for each move in force.
    pub taken_millis: Vec<u64>,
    /// Version of the engine.
    pub engine: String,
    /// SHA-256 of the scenario file.
    pub scenario_sha256: String,
    /// Number and hash of the attempt in the chain.
    pub seal: Option<(u64, String)>,
}

struct Statements<'a> {
    about: &'a XapiAttempt,
    told: &'a Review,
    made: Vec<Value>,
}

/// The statements on one closed attempt, in order.
#[must_use]
pub fn xapi_statements(told: &Review, about: &XapiAttempt) -> Vec<Value> {
    let mut all = Statements {
        about,
        told,
        made: Vec::new(),
    };
    all.add("initialized", &about.started, all.simulation(), None);
    for (n, step) in told.steps.iter().enumerate() {
        let at = about.made.get(n).unwrap_or(&about.started);
        let taken = about.taken_millis.get(n).copied();
        all.add(
            "answered",
            at,
            all.decision(step),
            Some(answer(step, taken)),
        );
    }
    let duration = iso_duration(about.taken_millis.iter().sum());
    if let Some(ending) = &told.sheet.ending {
        let mut extensions = serde_json::Map::new();
        extensions.insert(format!("{OWN}/ending"), json!(ending));
        if let Some((number, hash)) = &about.seal {
            extensions.insert(format!("{OWN}/seal"), json!(format!("{number}:{hash}")));
        }
        let result = json!({ "completion": true, "duration": duration, "extensions": extensions });
        all.add("completed", &about.ended, all.simulation(), Some(result));
        // Practice is not marked, and a trial says nothing of anybody.
        if about.mode == "assessment" && about.trial.is_none() {
            let passed = told.sheet.verdict == Verdict::Passed;
            let mut result = json!({ "success": passed, "duration": duration });
            let sums = told.sheet.objectives.iter();
            let (earned, available) = sums.fold((0, 0), |(earned, available), one| {
                (earned + one.earned, available + one.available)
            });
            put_score(&mut result, earned, available);
            let verb = if passed { "passed" } else { "failed" };
            all.add(verb, &about.ended, all.simulation(), Some(result));
        }
    }
    all.add(
        "terminated",
        &about.ended,
        all.simulation(),
        Some(json!({ "duration": duration })),
    );
    all.made
}

impl Statements<'_> {
    fn add(&mut self, verb: &str, at: &str, object: Value, result: Option<Value>) {
        let number = self.made.len();
        let id = statement_id(self.about.attempt, number);
        let mut extensions = serde_json::Map::new();
        for (key, value) in [
            ("mode", json!(self.about.mode)),
            ("scenario-sha256", json!(self.about.scenario_sha256)),
            ("engine", json!(self.about.engine)),
            ("seed", json!(self.told.sheet.seed.to_string())),
            ("number", json!(number)),
        ] {
            extensions.insert(format!("{OWN}/{key}"), value);
        }
        if let Some(trial) = &self.about.trial {
            extensions.insert(format!("{OWN}/trial"), json!(trial));
        }
        let mut statement = json!({
            "id": id.hyphenated().to_string(),
            "actor": {
                "objectType": "Agent",
                "account": { "homePage": format!("{OWN}/trainees"), "name": self.about.trainee },
            },
            "verb": { "id": format!("{VERBS}/{verb}"), "display": { "en": verb } },
            "object": object,
            "context": {
                "registration": self.about.attempt.hyphenated().to_string(),
                "platform": "Common Ground",
                "language": "en-GB",
                "contextActivities": {
                    "parent": [{ "objectType": "Activity", "id": self.scenario() }],
                    "category": [{ "objectType": "Activity", "id": format!("{OWN}/profile") }],
                },
                "extensions": extensions,
            },
            "timestamp": at,
        });
        if let Some(result) = result {
            statement["result"] = result;
        }
        self.made.push(statement);
    }

    fn scenario(&self) -> String {
        format!("{OWN}/scenarios/{}", self.told.sheet.scenario)
    }

    fn simulation(&self) -> Value {
        json!({
            "objectType": "Activity",
            "id": self.scenario(),
            "definition": {
                "type": format!("{ACTIVITIES}/simulation"),
                "name": { "en-GB": self.told.title },
            },
        })
    }

    fn decision(&self, step: &ReviewStep) -> Value {
        let mut choices = vec![json!({ "id": step.made, "description": { "en-GB": step.text } })];
        choices.extend(
            step.alternatives
                .iter()
                .filter(|other| other.made != step.made)
                .map(|other| json!({ "id": other.made, "description": { "en-GB": other.text } })),
        );
        json!({
            "objectType": "Activity",
            "id": format!("{}/beats/{}", self.scenario(), step.beat),
            "definition": {
                "type": format!("{ACTIVITIES}/cmi.interaction"),
                "interactionType": "choice",
                "choices": choices,
            },
        })
    }
}

fn answer(step: &ReviewStep, taken_millis: Option<u64>) -> Value {
    let mut extensions = serde_json::Map::new();
    for (key, value) in [
        ("distress-before", json!(step.before.distress)),
        ("distress-after", json!(step.after.distress)),
        ("trust-before", json!(step.before.trust)),
        ("trust-after", json!(step.after.trust)),
        (
            "distance-half-metres",
            json!(step.after.distance_half_metres),
        ),
        (
            "techniques",
            step.techniques.iter().map(|used| json!(used.id)).collect(),
        ),
        (
            "premature",
            json!(step.techniques.iter().any(|used| used.is_premature)),
        ),
        ("timed-out", json!(step.is_silence)),
    ] {
        extensions.insert(format!("{OWN}/{key}"), value);
    }
    let mut result = json!({ "extensions": extensions });
    if !step.is_silence {
        result["response"] = json!(step.made);
    }
    if let Some(millis) = taken_millis {
        result["duration"] = json!(iso_duration(millis));
    }
    if !step.points.is_empty() {
        let sum = |of: fn(&crate::scoring::Point) -> u32| step.points.iter().map(of).sum::<u32>();
        let (earned, available) = (
            sum(|point| point.earned.points()),
            sum(|point| point.available.points()),
        );
        result["success"] = json!(earned == available && step.gates.is_empty());
        put_score(&mut result, earned, available);
    }
    result
}

/// A score, where there was one to be had: `scaled` is a share of 1 to four places.
fn put_score(result: &mut Value, earned: u32, available: u32) {
    if available > 0 && earned <= available {
        let scaled = f64::from(earned * 10_000 / available) / 10_000.0;
        result["score"] = json!({ "raw": earned, "min": 0, "max": available, "scaled": scaled });
    }
}

/// ISO 8601 with hundredths, as xAPI compares them.
fn iso_duration(millis: u64) -> String {
    let hundredths = millis / 10;
    format!("PT{}.{:02}S", hundredths / 100, hundredths % 100)
}

/// UUID version 5 of a statement: the attempt is the name space, its number the name.
fn statement_id(attempt: Uuid, number: usize) -> Uuid {
    let mut hash = sha1_smol::Sha1::new();
    hash.update(attempt.as_bytes());
    hash.update(number.to_string().as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.digest().bytes()[..16]);
    Builder::from_sha1_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_standard() {
        // Appendix B of RFC 9562: "www.example.com" in the name space of DNS.
        let space = Uuid::parse_str("6ba7b810-9dad-11d1-80b4-00c04fd430c8").unwrap();
        let mut hash = sha1_smol::Sha1::new();
        hash.update(space.as_bytes());
        hash.update(b"www.example.com");
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.digest().bytes()[..16]);
        assert_eq!(
            Builder::from_sha1_bytes(bytes).into_uuid().to_string(),
            "2ed6657d-e927-568b-95e1-2665a8aea6a2"
        );
        assert_ne!(statement_id(space, 0), statement_id(space, 1));
    }

    #[test]
    fn durations_have_hundredths() {
        assert_eq!(iso_duration(0), "PT0.00S");
        assert_eq!(iso_duration(61_259), "PT61.25S");
    }
}
