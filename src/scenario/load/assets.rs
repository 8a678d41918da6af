//! The places, people and sounds of an assets folder, and what is wrong with their files from the
//! outside.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use super::disk::listing;

/// What sort of thing lies in the assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssetKind {
    /// Where an encounter happens.
    Place,
    /// Somebody who is seen.
    Person,
    /// Something that is heard.
    Sound,
}

impl AssetKind {
    const ALL: [Self; 3] = [Self::Place, Self::Person, Self::Sound];

    /// The folder inside the assets.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Place => "places",
            Self::Person => "people",
            Self::Sound => "sound",
        }
    }

    /// How a file's name ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Place | Self::Person => "glb",
            Self::Sound => "ogg",
        }
    }

    /// What it is called in messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Person => "person",
            Self::Sound => "sound",
        }
    }

    /// What is shown or heard where it is missing.
    #[must_use]
    pub const fn stand_in(self) -> &'static str {
        match self {
            Self::Place => "a bare floor is shown",
            Self::Person => "a plain figure is shown",
            Self::Sound => "nothing is heard",
        }
    }
}

/// The places, people and sounds of an assets folder, with what is wrong with their files.
#[derive(Debug, Clone, Default)]
pub struct AssetNames {
    found: BTreeMap<(AssetKind, String), Option<&'static str>>,
}

impl AssetNames {
    /// Looks an assets folder through. A folder that is missing holds nothing.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        let mut found = BTreeMap::new();
        for kind in AssetKind::ALL {
            for path in listing(&folder.join(kind.folder())).unwrap_or_default() {
                let is_kind = path.extension().is_some_and(|end| end == kind.ending());
                if let Some(stem) = path.file_stem().filter(|_| is_kind) {
                    let name = stem.to_string_lossy().into_owned();
                    found.insert((kind, name), outer_flaw(kind, &path));
                }
            }
        }
        Self { found }
    }

    /// What is wrong with a name: `None` for nothing, `Some(None)` where there is no such file.
    #[must_use]
    pub fn flaw(&self, kind: AssetKind, name: &str) -> Option<Option<&'static str>> {
        match self.found.get(&(kind, name.to_owned())) {
            None => Some(None),
            Some(flaw) => flaw.map(Some),
        }
    }

    /// The names of a kind, in order.
    #[must_use]
    pub fn names(&self, kind: AssetKind) -> Vec<&str> {
        self.found
            .keys()
            .filter(|(found, _)| *found == kind)
            .map(|(_, name)| name.as_str())
            .collect()
    }
}

/// What is wrong with a file by its first bytes and its length.
fn outer_flaw(kind: AssetKind, path: &Path) -> Option<&'static str> {
    let mut head = [0_u8; 20];
    let length = fs::metadata(path).map_or(0, |metadata| metadata.len());
    if length == 0 {
        return Some("it is empty");
    }
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    if read.is_err() {
        return Some("it cannot be read, or is cut short");
    }
    let number = |at: usize| {
        u64::from(u32::from_le_bytes([
            head[at],
            head[at + 1],
            head[at + 2],
            head[at + 3],
        ]))
    };
    match kind {
        AssetKind::Sound if &head[..4] != b"OggS" => Some("it is no Ogg sound"),
        AssetKind::Sound => None,
        AssetKind::Place | AssetKind::Person => match () {
            () if &head[..4] != b"glTF" => Some("it is no binary glTF"),
            () if number(4) != 2 => Some("it is glTF of another version than 2"),
            () if number(8) > length => Some("it is cut short"),
            () if &head[16..20] != b"JSON" || number(12) + 20 > length => {
                Some("it does not begin with its description")
            }
            () => None,
        },
    }
}
