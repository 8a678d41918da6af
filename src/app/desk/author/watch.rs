//! A thread that reads the folder whenever something in it was saved.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::places::{Places, Steady, look_at};
use crate::scenario::Shelf;

/// Between two looks at the folder.
const PAUSE: Duration = Duration::from_millis(250);

/// A thread that reads the folder whenever something in it was saved.
#[derive(Debug)]
pub(super) struct Watch {
    news: Mutex<Receiver<Result<Shelf, String>>>,
    stop: Arc<AtomicBool>,
}

impl Watch {
    /// Begins to watch the scenario folder; it is read once at the beginning.
    pub(super) fn begin(places: Places) -> Self {
        let (tell, news) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stop);
        thread::spawn(move || {
            let folder = places.scenarios();
            let mut steady = Steady::new(look_at(&folder));
            loop {
                let shelf = places.shelf().map_err(|problem| problem.to_string());
                if tell.send(shelf).is_err() {
                    return;
                }
                while !steady.has_changed(look_at(&folder)) {
                    if flag.load(Ordering::Relaxed) {
                        return;
                    }
                    thread::sleep(PAUSE);
                }
            }
        });
        Self {
            news: Mutex::new(news),
            stop,
        }
    }

    /// The folder as it was last read, if it has been read since this was asked.
    pub(super) fn latest(&mut self) -> Option<Result<Shelf, String>> {
        let news = self.news.get_mut().unwrap_or_else(PoisonError::into_inner);
        news.try_iter().last()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
