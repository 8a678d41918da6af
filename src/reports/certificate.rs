//! The certificate of a completed course, in the course's own words about what it is worth.

use maud::html;

use super::page::page;
use super::words::{counted, person, spoken_day, spoken_time};

/// Everything that a certificate prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Pseudonym.
    pub trainee: String,
    /// Name.
    pub name: String,
    /// Collar number; empty where there is none.
    pub collar_number: String,
    /// Course title.
    pub course: String,
    /// Course version.
    pub version: String,
    /// Title of the track.
    pub track: String,
    /// What may and may not be said of it: the course's own words.
    pub standing_note: String,
    /// Scenarios that were passed.
    pub passed: Vec<CertifiedPass>,
    /// Attempts that were set aside, as every gate that they failed is disputed.
    pub set_aside: usize,
    /// Seal of the records when it was made: number and hash of the newest entry of the chain.
    pub seal: String,
    /// When it was made, RFC 3339 in UTC.
    pub printed: String,
}

/// The pass of one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedPass {
    /// Title of the scenario.
    pub title: String,
    /// When the attempt began, RFC 3339 in UTC.
    pub started: String,
    /// Seal of the record.
    pub seal: String,
    /// Who signed it off; none: nobody had to.
    pub signed_off_by: Option<String>,
}

/// The certificate as one HTML file.
#[must_use]
pub fn certificate_html(certificate: &Certificate) -> String {
    let number = (!certificate.collar_number.is_empty()).then_some(&*certificate.collar_number);
    let who = person(Some(&certificate.name), number, &certificate.trainee);
    let title = format!("Completed training simulation: {who}");
    let main = html! {
        h1 { "Completed training simulation" }
        div.panel.held {
            p.verdict { (who) }
            p { "worked through the simulated encounters of the course " strong { (certificate.course) }
                " (version " (certificate.version) "), track " strong { (certificate.track) }
                ", and met every rule of the course file." }
        }
        p { strong { "What this does and does not say: " } (certificate.standing_note) }
        p { "It is not an award of the College of Policing." }
        h2 { "Scenarios passed" }
        div.wide {
            table {
                caption { "The latest pass of each, with the seal of its record" }
                thead { tr {
                    th scope="col" { "Scenario" }
                    th scope="col" { "Day" }
                    th scope="col" { "Signed off by" }
                    th scope="col" { "Seal" }
                } }
                tbody {
                    @for pass in &certificate.passed {
                        tr {
                            th scope="row" { (pass.title) }
                            td { (spoken_day(&pass.started)) }
                            td { (pass.signed_off_by.as_deref().unwrap_or("not asked for")) }
                            td.hash { (pass.seal) }
                        }
                    }
                }
            }
        }
        @if certificate.set_aside > 0 {
            p {
                "Set aside: " (counted(certificate.set_aside, "attempt")) " in which an instructor \
                 disputes every gate that failed. They count neither for nor against."
            }
        }
        dl.facts {
            dt { "Made" } dd { (spoken_time(&certificate.printed)) }
            dt { "Seal of the records" } dd.hash { (certificate.seal) }
            dt { "Signed by" } dd { "________________________________" }
        }
    };
    page(&title, &main, &certificate.standing_note, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_claims_no_more_than_the_course_does() {
        let html = certificate_html(&Certificate {
            trainee: "id".to_owned(),
            name: "Amy <Lloyd>".to_owned(),
            collar_number: "77".to_owned(),
            course: "Course".to_owned(),
            version: "1".to_owned(),
            track: "Track".to_owned(),
            standing_note: "It does not authorise anybody.".to_owned(),
            passed: vec![CertifiedPass {
                title: "Footbridge".to_owned(),
                started: "2026-11-28T10:00:00.000Z".to_owned(),
                seal: "3:abc".to_owned(),
                signed_off_by: Some("Sgt Iqbal".to_owned()),
            }],
            set_aside: 1,
            seal: "9:def".to_owned(),
            printed: "2026-11-28T10:00:00.000Z".to_owned(),
        });
        assert!(html.contains("Completed training simulation"));
        assert!(html.contains("It does not authorise anybody."));
        assert!(html.contains("Amy &lt;Lloyd&gt;"));
        assert!(html.contains("Sgt Iqbal"));
        assert!(html.contains("Set aside: 1 attempt in which"));
        assert!(html.contains("not an award of the College of Policing"));
        for word in ["qualified", "accredited", "licensed"] {
            assert!(!html.to_lowercase().contains(word), "{word}");
        }
    }
}
