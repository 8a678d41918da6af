//! Ways on: `to` and `routes` as one list whose last entry always holds.

use super::super::diagnostic::At;
use super::super::draft::RouteDraft;
use super::super::scenario::{Route, Run};
use super::{Compiler, run_since};

impl Compiler<'_, '_> {
    /// `to` or `routes`, as one list whose last entry always holds.
    pub(super) fn ways(
        &mut self,
        at: &At<'_>,
        to: &str,
        routes: &[RouteDraft],
        decision: bool,
    ) -> Run {
        if routes.is_empty() {
            let to = self.target(&at.field("to"), to, decision);
            let start = self.out.routes.len();
            self.out.routes.push(Route {
                when: Run::default(),
                chance: 100,
                to,
            });
            return run_since(&self.out.routes, start);
        }
        if !to.is_empty() && to != "." {
            self.fault(
                &at.field("to"),
                "two-ways-on",
                "both `to` and `routes` say where this leads",
                "keep one: `routes` may end with (to: \"...\") for all other cases",
            );
        }
        self.routes(&at.field("routes"), routes, decision)
    }

    pub(super) fn routes(&mut self, at: &At<'_>, routes: &[RouteDraft], decision: bool) -> Run {
        let mut out = Vec::with_capacity(routes.len());
        for (index, route) in routes.iter().enumerate() {
            let here = at.index(index);
            self.percent(&here.field("chance"), route.chance);
            let when = self.tests(&here.field("when"), &route.when);
            let to = self.target(&here.field("to"), &route.to, decision);
            let open = route.when.is_empty() && route.chance == 100;
            let last = index + 1 == routes.len();
            if last && !open {
                self.fault(
                    &here,
                    "dry-routes",
                    "when no route's conditions hold, this leads nowhere",
                    "let the last route have neither `when` nor `chance`",
                );
            }
            if open && !last {
                self.fault(
                    &at.index(index + 1),
                    "unreachable-route",
                    "the route before this one always holds, so this one is never taken",
                    "move it up, or give the earlier route a condition",
                );
            }
            out.push(Route {
                when,
                chance: route.chance,
                to,
            });
        }
        let start = self.out.routes.len();
        self.out.routes.append(&mut out);
        run_since(&self.out.routes, start)
    }
}
