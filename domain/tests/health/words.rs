//! How inputs and gaps are said.

use contracts::{
    facts::Trend,
    health::{Gap, HealthInput, HealthPart, Why},
};
use domain::health::words;

use crate::given::{in_days, source};

#[test]
fn inputs_read_as_people_write_them() {
    let renewal = |days| HealthInput::Renewal { days, automatic: true };
    let cases = [
        (HealthInput::Usage(Trend::Silent), "silent"),
        (HealthInput::OpenTickets(0), "0 open"),
        (renewal(0), "0 days"),
        (renewal(1), "1 day"),
        (renewal(1_200), "1,200 days"),
        (renewal(-1), "1 day overdue"),
    ];
    for (input, expected) in cases {
        assert_eq!(words::input(input), expected);
    }
}

#[test]
fn gaps_say_why_and_since_when() {
    let cases = [
        (Why::Missing, "missing", "open tickets (nothing on record)"),
        (Why::TooFew, "too few points", "open tickets (too few points to tell)"),
        (Why::Stale { source: source(-200) }, "stale, 7 May 2026", "open tickets (too old: crm speaks of 7 May 2026)"),
        (
            Why::RenewsByItself { on: in_days(-3) },
            "renewed 20 Nov 2026",
            "open tickets (was to renew by itself on 20 Nov 2026, the next date is not on record)",
        ),
    ];
    for (why, short, long) in cases {
        assert_eq!(words::why(&why), short);
        assert_eq!(words::gap(&Gap { part: HealthPart::OpenTickets, why }), long);
    }
}
