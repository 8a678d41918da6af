//! How much the stage may spend: chosen from the adapter, changeable at any time.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;
use bevy::winit::{EventLoopProxyWrapper, UpdateMode, WinitSettings, WinitUserEvent};

use super::camera::Standing;
use super::cast::Called;
use super::set::Room;
use super::studio::Studio;
use super::{StageCue, StageSetting, StageSystems};

/// The longest step that the stage's time takes; Bevy's own limit is shorter than the wait between
/// two quiet pictures, and breath would slow down.
const LONGEST_STEP: Duration = Duration::from_millis(1600);
/// The longest time from one picture to the next, seconds.
pub(super) const LONGEST_MOMENT: f32 = 1.6;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<StageClock>();
    if let Some(mut time) = app.world_mut().get_resource_mut::<Time<Virtual>>() {
        time.set_max_delta(LONGEST_STEP);
    }
    app.add_systems(Startup, (choose, set_alarm));
    app.add_systems(
        PreUpdate,
        settle.run_if(resource_exists_and_changed::<StageQuality>),
    );
    app.add_systems(
        Update,
        (
            tick.in_set(StageSystems::Clock)
                .run_if(resource_exists::<StageQuality>),
            pace.in_set(StageSystems::Show)
                .run_if(resource_exists::<WinitSettings>.and_then(resource_exists::<StageQuality>)),
        ),
    );
}

/// How much the stage may spend. Insert one before the app starts to overrule the choice that is
/// made from the adapter; change it at any time.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StageQuality {
    /// For machines that draw in software: a small picture, cheap light, few pictures a second.
    Low,
    /// What Medium is on machines that draw in software: the picture in full, in Low's light.
    Sharp,
    /// For small graphics chips: a larger picture, real light and one shadow. Where the processor draws,
    /// it becomes [`StageQuality::Sharp`].
    Medium,
    /// For graphics cards: the window's own size, smooth edges, shadows.
    High,
}

impl StageQuality {
    /// Shortest time between pictures, seconds: while things happen, and while all is quiet.
    const fn seconds_apart(self) -> (f32, f32) {
        match self {
            // Once a second at rest: four pictures to a breath, and lids in between when they move.
            Self::Low | Self::Sharp => (0.100, 1.0),
            Self::Medium => (0.030, 0.045),
            Self::High => (0.0, 0.0),
        }
    }

    /// Seconds from the last picture to the next. While all is quiet it comes where there is
    /// something to see: lids that close, and lids that have opened again.
    fn wait(self, standing: &Standing) -> f32 {
        /// As soon as this after the last picture, seconds.
        const SOONEST: f32 = 0.15;
        /// So much longer than usual it may be for a blink's sake.
        const LONGER: f32 = 1.5;
        let (lively, quiet) = self.seconds_apart();
        if standing.is_lively {
            lively
        } else {
            // A picture that the next blink would follow closely waits for it.
            let blinks_in = standing.blinks_in.max(SOONEST);
            if blinks_in < quiet * LONGER {
                blinks_in
            } else {
                quiet
            }
        }
    }

    /// Whether surfaces are lit the cheap way.
    pub(super) const fn is_cheap(self) -> bool {
        matches!(self, Self::Low | Self::Sharp)
    }

    /// Most picture points; the shape is the window's.
    pub(super) const fn most_points(self) -> u32 {
        match self {
            Self::Low => 176_000,
            Self::Sharp | Self::Medium => 960 * 540,
            Self::High => 2560 * 1440,
        }
    }
}

/// The quality that suits an adapter.
#[must_use]
pub fn quality_for_adapter(adapter: &RenderAdapterInfo) -> StageQuality {
    let name = adapter.name.to_lowercase();
    let draws_in_software = [
        "llvmpipe",
        "lavapipe",
        "swiftshader",
        "basic render",
        "softpipe",
    ]
    .iter()
    .any(|known| name.contains(known));
    match format!("{:?}", adapter.device_type).as_str() {
        "Cpu" => StageQuality::Low,
        _ if draws_in_software => StageQuality::Low,
        "DiscreteGpu" => StageQuality::High,
        _ => StageQuality::Medium,
    }
}

fn choose(
    mut commands: Commands,
    chosen: Option<Res<StageQuality>>,
    adapter: Option<Res<RenderAdapterInfo>>,
) {
    if chosen.is_none() {
        let quality = adapter
            .as_deref()
            .map_or(StageQuality::Low, quality_for_adapter);
        info!("stage quality {quality:?}");
        commands.insert_resource(quality);
    }
}

/// Real light costs a processor half a second a picture: there Medium is a sharper Low.
fn settle(
    mut quality: ResMut<StageQuality>,
    adapter: Option<Res<RenderAdapterInfo>>,
    studio: Option<Res<Studio>>,
) {
    let in_software = adapter
        .as_deref()
        .is_some_and(|adapter| quality_for_adapter(adapter) == StageQuality::Low);
    // Photographs may take their time.
    if in_software && studio.is_none() && *quality == StageQuality::Medium {
        *quality = StageQuality::Sharp;
    }
}

/// Time on the stage, which runs in pictures and not in frames.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub struct StageClock {
    /// Seconds of stage time so far.
    pub now_secs: f32,
    /// Seconds since the last picture, if one is due now.
    pub delta_secs: f32,
    /// Whether this frame shows a new picture.
    pub is_due: bool,
    /// How many pictures there have been.
    pub pictures: u64,
    /// Seconds of stage time since anything but breath, blink and gaze moved.
    pub quiet_secs: f32,
    waited: f32,
    /// Pictures that are drawn in every frame, because something new must come up.
    pub(super) owed: u8,
}

/// While this exists every frame shows a new picture: for measuring.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub struct StageFlatOut;

/// Whether this frame shows a new picture.
pub(super) fn picture_is_due(clock: Res<StageClock>) -> bool {
    clock.is_due
}

fn tick(
    time: Res<Time>,
    quality: Res<StageQuality>,
    setting: Option<Res<StageSetting>>,
    standing: Res<Standing>,
    flat_out: Option<Res<StageFlatOut>>,
    mut cues: MessageReader<StageCue>,
    mut clock: ResMut<StageClock>,
) {
    let has_news = cues.read().count() > 0;
    if setting.is_none() {
        clock.is_due = false;
        clock.waited = 0.0;
        return;
    }
    clock.waited += time.delta_secs();
    let apart = quality.wait(&standing);
    // A little early is better than a whole frame late; but lids are not shut for long.
    let early = (apart * 0.15).min(0.04);
    let is_due = has_news || flat_out.is_some() || clock.owed > 0 || clock.waited >= apart - early;
    clock.is_due = is_due;
    if is_due {
        clock.owed = clock.owed.saturating_sub(1);
        clock.delta_secs = std::mem::take(&mut clock.waited).min(LONGEST_MOMENT);
        clock.now_secs += clock.delta_secs;
        clock.quiet_secs = if standing.is_lively {
            0.0
        } else {
            clock.quiet_secs + clock.delta_secs
        };
        clock.pictures += 1;
    }
}

/// Wakes the window when the next picture is due. The window's own wait does not serve: whenever it
/// is given another length it draws at once.
#[derive(Resource, Debug)]
struct Alarm(Sender<Instant>);

/// How long the window waits by itself while the alarm wakes it: in case that it does not.
const AT_LATEST: Duration = Duration::from_secs(3);

fn set_alarm(mut commands: Commands, proxy: Option<Res<EventLoopProxyWrapper>>) {
    let Some(proxy) = proxy else { return };
    let window = (**proxy).clone();
    let (asks, asked) = channel();
    let ring = move || window.send_event(WinitUserEvent::WakeUp).is_ok();
    let sleeper = std::thread::Builder::new().name("alarm".to_owned());
    match sleeper.spawn(move || sleep_and_ring(&asked, ring)) {
        Ok(_) => commands.insert_resource(Alarm(asks)),
        Err(error) => debug!("pictures come by the window's own wait: {error}"),
    }
}

/// Sleeps until the time that was asked for last and rings, until nobody asks or hears any more.
fn sleep_and_ring(asked: &Receiver<Instant>, ring: impl Fn() -> bool) {
    let mut next: Option<Instant> = None;
    loop {
        let news = match next {
            None => asked.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => asked.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match news {
            Ok(at) => next = Some(at),
            Err(RecvTimeoutError::Timeout) => {
                next = None;
                if !ring() {
                    return;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Lets the window sleep between pictures; keys and pointer wake it at once.
fn pace(
    clock: Res<StageClock>,
    alarm: Option<Res<Alarm>>,
    quality: Res<StageQuality>,
    setting: Option<Res<StageSetting>>,
    standing: Res<Standing>,
    flat_out: Option<Res<StageFlatOut>>,
    room: Option<Res<Room>>,
    coming: Query<(), With<Called>>,
    mut winit: ResMut<WinitSettings>,
) {
    /// Between two looks at whether a scene that is on its way has come, seconds.
    const COMING: f32 = 0.03;
    let apart = if setting.is_none() {
        0.25
    } else if room.is_none() || !coming.is_empty() || clock.owed > 0 {
        COMING
    } else {
        quality.wait(&standing)
    };
    let mut wait = Duration::from_secs_f32(apart.max(0.012));
    if setting.is_some()
        && flat_out.is_none()
        && let Some(alarm) = alarm
    {
        let left = Duration::from_secs_f32((apart - clock.waited).max(0.012));
        if alarm.0.send(Instant::now() + left).is_ok() {
            wait = AT_LATEST;
        }
    }
    if flat_out.is_some() {
        winit.focused_mode = UpdateMode::Continuous;
        winit.unfocused_mode = UpdateMode::Continuous;
        return;
    }
    let focused = UpdateMode::Reactive {
        wait,
        react_to_device_events: false,
        react_to_user_events: true,
        react_to_window_events: true,
    };
    let unfocused = UpdateMode::reactive_low_power(wait.max(Duration::from_millis(200)));
    if winit.focused_mode != focused {
        winit.focused_mode = focused;
        winit.unfocused_mode = unfocused;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alarm_rings_once_at_the_time_that_was_asked_for_last() {
        let (asks, asked) = channel();
        let (rings, rung) = channel();
        let begun = Instant::now();
        let sleeper = std::thread::spawn(move || {
            sleep_and_ring(&asked, || rings.send(begun.elapsed()).is_ok());
        });
        asks.send(begun + Duration::from_secs(60)).unwrap();
        asks.send(begun + Duration::from_millis(40)).unwrap();
        let after = rung.recv_timeout(Duration::from_secs(30)).unwrap();
        assert!(after >= Duration::from_millis(40), "{after:?}");
        assert!(rung.recv_timeout(Duration::from_millis(60)).is_err());
        drop(asks);
        sleeper.join().unwrap();
    }

    #[test]
    fn at_rest_a_picture_a_second_comes_and_one_whenever_lids_move() {
        let wait = |blinks_in: f32| {
            let mut standing = Standing::default();
            standing.blinks_in = blinks_in;
            standing.is_lively = false;
            StageQuality::Low.wait(&standing)
        };
        assert!((wait(9.0) - 1.0).abs() < 1e-6);
        assert!((wait(0.4) - 0.4).abs() < 1e-6);
        assert!((wait(1.3) - 1.3).abs() < 1e-6, "one picture serves both");
        assert!(wait(1.49) < LONGEST_MOMENT && wait(0.0) > 0.1);
    }

    #[test]
    fn low_shows_at_most_ten_pictures_a_second() {
        let (lively, quiet) = StageQuality::Low.seconds_apart();
        assert!(1.0 / lively <= 10.0);
        assert!(quiet > lively);
    }
}
