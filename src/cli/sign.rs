//! `sign`: who puts their name to a scenario, and how far its sign-off has come.

use anyhow::{Context as _, Result, bail};

use crate::places::{Places, today};
use crate::scenario::load::{signatures_beside, signed_path, write_beside};
use crate::scenario::signing::content_sha256;
use crate::scenario::{Proven, Readiness, ScenarioFile, Signature, SignedAs};

use super::args::{Capacity, Sign};
use super::{FINE, WRONG, WRONG_USE};

pub(super) fn run(places: &Places, sign: &Sign) -> Result<u8> {
    let (file, courses) = places.scenario(&sign.scenario)?;
    let Some(scenario) = &file.scenario else {
        eprintln!(
            "common-ground: `{}` has faults and cannot be signed\n  run `common-ground check {}` and mend them first",
            file.id,
            file.path.display()
        );
        return Ok(WRONG);
    };
    let capacity = match (sign.capacity, sign.retire) {
        (Some(Capacity::Expert), false) => SignedAs::Expert,
        (Some(Capacity::LivedExperience), false) => SignedAs::LivedExperience,
        (Some(Capacity::Force), false) => SignedAs::Force,
        (_, true) => SignedAs::Retired,
        (None, false) => {
            show(&file, sign.json)?;
            return Ok(FINE);
        }
    };
    let (name, role) = match (sign.name.as_deref(), sign.role.as_deref()) {
        (Some(name), Some(role)) if !name.trim().is_empty() && !role.trim().is_empty() => {
            (name.trim(), role.trim())
        }
        _ => {
            eprintln!(
                "common-ground: a signature needs a name and a role\n  add --name \"A. Khan\" --role \"custody nurse\""
            );
            return Ok(WRONG_USE);
        }
    };
    let course = courses
        .course(&scenario.course)
        .context("the scenario's course is not in its folder")?;
    let content = content_sha256(&file.text, scenario, course)?;
    if let Some(why) = retired_words(&file, capacity, sign.reinstate) {
        eprintln!("common-ground: {why}");
        return Ok(WRONG);
    }
    if let Some(why) = refusal(&file, capacity, name) {
        eprintln!("common-ground: {why}");
        return Ok(WRONG);
    }
    let mut signatures = match signatures_beside(&file.path) {
        Ok(signatures) => signatures,
        Err(fault) => bail!(
            "{}\n  nothing was changed; mend or remove {} first",
            fault.message,
            signed_path(&file.path).display()
        ),
    };
    signatures.format = 1;
    signatures.scenario.clone_from(&file.id);
    signatures.signed.push(Signature {
        capacity,
        name: name.to_owned(),
        role: role.to_owned(),
        on: today(),
        version: scenario.version.clone(),
        content,
    });
    let path = signed_path(&file.path);
    let text = signatures.text()?;
    write_beside(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
    if file.readiness.is_retired() && capacity != SignedAs::Retired {
        eprintln!(
            "`{}` is in use again; what was signed before it was retired does not count.",
            file.id
        );
    }
    let (file, _) = places.scenario(&sign.scenario)?;
    show(&file, sign.json)?;
    Ok(FINE)
}

/// Why a signature does not fit a scenario that is retired, or one that is not.
fn retired_words(file: &ScenarioFile, capacity: SignedAs, reinstates: bool) -> Option<String> {
    let id = &file.id;
    match (file.readiness.is_retired(), capacity, reinstates) {
        (true, SignedAs::Retired, _) => Some(format!(
            "`{id}` is retired already as it stands\n  nothing was changed"
        )),
        (true, _, false) => Some(format!(
            "`{id}` has been retired, and a signature would take it into use again\n  add --reinstate if that is meant; everybody then signs anew"
        )),
        (false, _, true) => Some(format!(
            "`{id}` is not retired, so it cannot be reinstated\n  leave --reinstate out"
        )),
        _ => None,
    }
}

/// Why this signature cannot be given now.
fn refusal(file: &ScenarioFile, capacity: SignedAs, name: &str) -> Option<String> {
    let readiness = &file.readiness;
    let has = |capacity| {
        readiness
            .signatures
            .iter()
            .any(|signature| signature.capacity == capacity)
    };
    if capacity == SignedAs::Retired {
        return None;
    }
    if has(capacity) {
        return Some(format!(
            "`{}` is signed already as it stands, in the capacity of {}\n  nothing was changed",
            file.id,
            capacity.label()
        ));
    }
    let (errors, warnings) = file.counts();
    if errors + warnings > 0 {
        return Some(format!(
            "`{}` has {warnings} warnings\n  run `common-ground check {}` and mend them before anybody signs",
            file.id,
            file.path.display()
        ));
    }
    if capacity == SignedAs::Force {
        for wanted in [SignedAs::Expert, SignedAs::LivedExperience] {
            if !has(wanted) {
                return Some(format!(
                    "the force signs last, and {} has not signed `{}` as it stands",
                    wanted.label(),
                    file.id
                ));
            }
        }
    }
    readiness
        .signatures
        .iter()
        .find(|signature| signature.is_by(name))
        .map(|signature| {
            format!(
                "{} has signed `{}` already, as {}\n  each signature is somebody else's: four eyes see more than two",
                signature.name,
                file.id,
                signature.capacity.label()
            )
        })
}

/// Whether it is proven, and what to do if it is not.
fn proven_text(proven: Option<Proven>, id: &str) -> String {
    let prove = format!("`common-ground prove {id} --keep`");
    match proven {
        Some(Proven::Whole) => "Proven as it stands.".to_owned(),
        Some(Proven::Partly) => {
            format!("Not proven: not every path could be tried; {prove} says which.")
        }
        Some(Proven::Faults) => {
            format!("Not proven: the kept proof has findings; mend them and run {prove} again.")
        }
        None => format!("Not proven: no proof of its present content is kept; {prove} makes one."),
    }
}

fn show(file: &ScenarioFile, json: bool) -> Result<()> {
    let readiness: &Readiness = &file.readiness;
    if json {
        println!(
            "{}",
            serde_json::to_string_pretty(&serde_json::json!({
                "scenario": file.id,
                "ready": readiness.is_ready(),
                "wants": readiness.wants(),
                "readiness": readiness,
            }))?
        );
        return Ok(());
    }
    println!("{}: {}", file.id, readiness.sign_off.label());
    println!("  {}", proven_text(readiness.proven, &file.id));
    for signature in &readiness.signatures {
        println!(
            "  {} as {}: {}, {}, version {}",
            signature.on,
            signature.capacity.label(),
            signature.name,
            signature.role,
            signature.version
        );
    }
    if readiness.lapsed > 0 {
        println!(
            "  {} signed what has been changed since: it no longer counts",
            if readiness.lapsed == 1 {
                "1 signature".to_owned()
            } else {
                format!("{} signatures", readiness.lapsed)
            }
        );
    }
    println!("{}", readiness.sentence());
    Ok(())
}
