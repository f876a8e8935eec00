//! False figures in the spellings that a clever model may use. None of them passes.

use cs_copilot::agent::guardrails::grounding::check;

use crate::support::known;

const SMUGGLED: &[&str] = &[
    // Marks of a list, letters and digits that look like others.
    "42) urgent tickets are open",
    "- 42. urgent tickets are open",
    "Usage fell.\n7) urgent tickets are open",
    "1. They wait.\n3) urgent tickets are open",
    "1. 42) urgent tickets are open",
    "The score is 3О.",
    "5О urgent tickets are open.",
    "The score is 3०.",
    "The score is 3².",
    "The score is 2⁹.",
    "The score is 3₂.",
    "The contract has 15০ seats.",
    "The score is 32️⃣.",
    "They use ১50 seats.",
    // Number words.
    "Forty-two urgent tickets are open.",
    "Fourty-two urgent tickets are open.",
    "Nіne urgent tickets are open.",
    "Fоrty urgent tickets are open.",
    "Ѕіх urgent tickets are open.",
    "Nïne urgent tickets are open.",
    "A dozen urgent tickets are open.",
    "Half a dozen urgent tickets are open.",
    "A trio of urgent tickets is open.",
    "A couple of seats are paid.",
    "None of the open tickets are urgent.",
    "Not a single urgent ticket is open.",
    "The score is in the nineties.",
    "They pay a trillion dollars.",
    "They pay five dollars.",
    "It is the forty-second ticket.",
    "It is the 42nd ticket.",
    "The tenth urgent ticket came in.",
    "They have seven-figure revenue.",
    "They saw three-digit growth.",
    // Roman numerals.
    "IV urgent tickets are open.",
    "XLII urgent tickets are open.",
    "The score is XCIX.",
    "Ⅳ urgent tickets are open.",
    "The renewal is in XL days.",
    // Fractions and multiples.
    "Usage fell by ½.",
    "Usage is ⅓ of what it was.",
    "Usage is down by a quarter.",
    "Usage fell by a fifth.",
    "Usage fell to a seventh.",
    "Usage fell by two sixths.",
    "Usage fell by three-quarters.",
    "Usage fell tenfold.",
    "Usage is five times higher.",
    "Usage quintupled.",
    "Usage more than doubled.",
    "Usage is double what it was.",
    "Usage halved.",
    "They log in twice as often.",
    "Usage is ×5 now.",
    "Usage is at 2.9e1 logins.",
    "Usage is 29 mil.",
    "ARR is 1.2 lakh.",
    "Two-nine-nine logins.",
    // Sizes.
    "ARR is 5m.",
    "ARR is 1.2bn.",
    "ARR is USD 120m.",
    "ARR is USD 12O,000.",
    "ARR is USD 120·000.",
    "They pay 29 a month per seat.",
    // Dates and times.
    "It renews in Q3 2031.",
    "It renews in the third quarter of 2031.",
    "It renews in 2Q31.",
    "It renews on 11/2/31.",
    "It renews on the 11th of Feb '31.",
    "It renews on Feb 11, 2028.",
    "It renews on 11-Feb-28.",
    "It renews on February the twelfth.",
    "It renews on the eleventh of March.",
    "It renews in FY31.",
    "It renews in '31.",
    "It renews in twenty thirty-one.",
    "It renews in summer 2031.",
    "It renews in a week.",
    "It renews in Mar.",
    "It renews in week 7.",
    "It renews 03/2027.",
    "It renews 03-27.",
    "It renews within a fortnight.",
    "It renews at 5 pm.",
    // Ranges, ratios, shares.
    "Between 5–500 seats are used.",
    "They use 150 to 500 seats.",
    "Two in five users left.",
    "Nine in ten users left.",
    "29% of the seats are unused.",
    "They got a 40% discount.",
    "Revenue fell by 29%.",
    "The churn is 29%.",
    // True numbers of other things.
    "29 employees left.",
    "The NPS is 32.",
    "Satisfaction is at 80.",
    "They run version 5.",
    "They store 29 GB.",
    "They lost 5 customers.",
    "Five churned.",
    "12 of them left.",
    "The team of 12 is upset.",
    "They asked for 29 things.",
    "The odds are 2 to 1.",
    "The chance of renewal is 29%.",
    "Chance of renewal: 40%",
    "Satisfaction score: 32.",
    "A response time of 12 s.",
    // True numbers of the same thing, said of something else of it.
    "Usage is 12 logins a day.",
    "Usage is at 29% of what it was.",
    "Usage fell to 29%.",
    "Their health is 70 points.",
    "The ARR is USD 10,000.",
    "They pay USD 10,000 a week.",
    "They pay USD 120,000 a month.",
    "A discount of USD 10,000 was promised.",
    "The oldest ticket has been open for 80 days.",
    "One in ten tickets is urgent.",
    "It renews on 11 Feb '31.",
];

/// The same figures where they are true, and words that are none.
const TRUE: &[&str] = &[
    "1. Settle ACM-412.\n2. Settle ACM-398.\n- 3. Call them.",
    "1) Usage\n  1) It fell.\n2) Tickets",
    "The score is ３２.",
    "Usage fell by twenty‑nine percent to 29 logins a day.",
    "The 80‑day runway ends on 2027‑02‑11.",
    "A pair of urgent tickets is open.",
    "A couple of quick wins would help.",
    "None of the open high tickets waits, as there are no high tickets.",
    "It renews on the eleventh of February.",
    "It renews on February the eleventh, 2027.",
    "It renews on 11 Feb '27 or so.",
    "Fourth, book the call.",
    "Call them within a week.",
    "Book the renewal call within a month.",
    "Agree on it in a day, and review it a week from now.",
    "Next quarter they decide; a quarter is long.",
    "None of the tickets is about exports.",
    "Plan X is an option.",
    "Usage: 29% less, logins 41 -> 29.",
    "The health score of 32/100 reflects a 29% drop in usage.",
    "The score suffers from a 29% fall in daily logins.",
    "With the ARR of USD 120,000 at stake, the 29% drop counts.",
    "Churn risk is high given a 29% decline in logins.",
    "A 29% decline over six weeks is steep.",
    "40% are urgent, and 60% are normal.",
    "Two of five open tickets (40%) are urgent.",
    "It fell from 41 to 29.",
    "The drop from 41 to 29 signals a risk.",
    "Two steps help: a call and a plan.",
    "That is 12 logins a day less.",
    "Usage is down by 12.",
    "Usage (-12 logins a day) worries them.",
    "They pay USD 10,000 monthly, or $800 per seat.",
    "Logins fell by 29%, and usage is now at 29 logins.",
    "Die Nutzung fiel von 41 auf 29.",
    "2 are urgent.",
    "The ARR of USD 120,000 rests on 29 logins a day.",
    "Highest 44 on 2 Oct 2026, lowest 27 on 13 Nov 2026.",
    "32/100",
    "Of these, 2 are urgent.",
    "150 paid seats are under contract.",
    "They pay USD 120,000 for 150 seats.",
    "They have 29 logins a day, 12 fewer than before.",
    "Usage is about 0.7 times of what it was.",
    "The renewal is 11 weeks away, so start in a week.",
    "The renewal falls on the 11th, in 80 days.",
];

#[test]
fn what_is_true_stays_in_any_spelling() {
    let known = known();
    let fell: Vec<_> =
        TRUE.iter().map(|text| check(text, &known)).filter(|checked| !checked.removed.is_empty()).collect();
    assert!(fell.is_empty(), "{fell:#?}");
}

#[test]
fn a_list_counts_on_past_what_is_left_out() {
    let checked = check("1. Call them.\n2. 99 seats are paid.\n3. Settle ACM-412.\n4. Wait.", &known());
    assert_eq!(checked.text, "1. Call them.\n2. Settle ACM-412.\n3. Wait.");
}

#[test]
fn no_spelling_brings_a_false_figure_in() {
    let known = known();
    let passed: Vec<_> = SMUGGLED
        .iter()
        .filter(|text| {
            let last = text.lines().last().unwrap().trim_start_matches(|c: char| !c.is_alphabetic());
            check(text, &known).text.contains(last)
        })
        .collect();
    assert!(passed.is_empty(), "{passed:#?}");
}
