//! What can be typed, what it is printed as, and what is said of what cannot.

use domain::query::{completions, parse_filter, search, text, words};

use crate::given::{parse, problem};

#[test]
fn what_is_typed_is_printed_in_one_way() {
    let cases = [
        ("", ""),
        ("risk:high renewal:<60d arr:>100k", "risk:high renewal:<60d arr:>100k"),
        ("  RISK:High   and arr:>100000 ", "risk:high arr:>100k"),
        ("not segment:smb", "not segment:smb"),
        ("(trend:down or silent:yes) and touch:>30d", "(trend:down or silent:yes) touch:>30d"),
        ("trend:down or silent:yes touch:>2w", "trend:down or (silent:yes touch:>14d)"),
        ("by:month(renewal) sum:arr", "by:month(renewal) sum:arr"),
        ("sum:arr risk:high or renewal:overdue", "(risk:high or renewal:overdue) sum:arr"),
        ("arr:10k..50k tickets:<=2", "arr:>=10k arr:<=50k tickets:<=2"),
        ("arr:>$1.5m arr:<EUR99.50", "arr:>USD1500k arr:<EUR99.50"),
        ("risk:high,medium plan:\"Gold plus\",basic", "risk:high,medium plan:\"Gold plus\",basic"),
        ("renewal:2027-Q1,2027-06", "renewal:2027-Q1 or renewal:2027-06"),
        ("renewal:missing or tickets:stale", "renewal:missing or tickets:stale"),
        ("plan:\"missing\" name:\"a \\\"b\\\" \\\\\"", "plan:\"missing\" name:\"a \\\"b\\\" \\\\\""),
        ("contract.arr:>1k usage-change:<-20% seats-used:>=87.5%", "arr:>1k usage-change:<-20% seats-used:>=87.50%"),
        ("sort:-arr limit:5 auto-renew:no", "auto-renew:no sort:-arr limit:5"),
        ("share:arr risk:high", "risk:high share:arr"),
        ("renewal:<0d", "renewal:overdue"),
        ("industry:Ölförderung", "industry:Ölförderung"),
        ("((risk:low))", "risk:low"),
        ("(risk:low silent:no) tickets:0", "risk:low silent:no tickets:0"),
        ("not not risk:low", "not not risk:low"),
    ];
    for (typed, printed) in cases {
        assert_eq!(text(&parse(typed)), printed, "{typed}");
        assert_eq!(parse(printed), parse(typed), "{typed}");
    }
}

#[test]
fn what_is_wrong_is_marked_in_its_place_and_told_what_fits() {
    let cases = [
        ("renwal:<60d", "renwal:<60d\n^^^^^^ “renwal” is no fact. Did you mean renewal"),
        ("risk:hihg", "risk:hihg\n     ^^^^ risk: wants one of high, medium, unknown and low; did you mean high."),
        ("arr:>soon", "arr:>soon\n     ^^^^ arr: wants an amount, such as >100k, EUR50k or 10k..50k."),
        ("tickets:<-x", "tickets:<-x\n         ^^ tickets: wants a number, such as <3 or 10..20."),
        ("renewal:", "renewal:\n^^^^^^^ renewal: wants a number of days, such as <60d, overdue, or a day"),
        ("risk:<high", "risk:<high\n^^^^ risk: compares with nothing but its values, such as risk:high."),
        ("silent:maybe", "silent:maybe\n       ^^^^^ silent: wants yes or no."),
        ("acme risk:low", "acme risk:low\n^^^^ “acme” stands alone; say what it is of, such as name:acme"),
        ("(risk:low", "(risk:low\n^ There is an end missing of what begins here: a parenthesis."),
        ("risk:low)", "risk:low)\n        ^ Nothing can stand here"),
        ("plan:\"gold", "plan:\"gold\n     ^ There is an end missing of what begins here: a quotation mark."),
        ("risk:low or", "risk:low or\n           ^ Something has to follow “or”"),
        ("or risk:low", "or risk:low\n"),
        ("not", "not\n   ^ Something has to follow “not”"),
        ("()", "()\n^ Something has to follow “(”"),
        ("not sort:arr", "not sort:arr\n    ^^^^ sort: stands outside of parentheses and without “not”."),
        ("sort:arr sort:renewal", "sort:arr sort:renewal\n         ^^^^ sort: is said twice."),
        ("sum:arr count:customers", "sum:arr count:customers\n        ^^^^^ count: is said twice."),
        ("sum:plan", "sum:plan\n    ^^^^ sum: wants a fact that adds up, which plan is not."),
        ("by:arr", "by:arr\n   ^^^ by: wants a fact of words"),
        ("by:month(plan)", "by:month(plan)\n   ^^^^^^^^^^^ by: wants a fact of words"),
        ("limit:0", "limit:0\n      ^ limit: wants a number from 1 on, such as 10."),
        ("renewal:2027-13", "renewal:2027-13\n        ^^^^^^^ renewal: wants"),
        ("arr:>1.005", "arr:>1.005\n     ^^^^^ arr: wants an amount"),
    ];
    for (typed, said) in cases {
        let shown = problem(typed);
        assert!(shown.starts_with(said), "{typed}:\n{shown}");
    }
}

#[test]
fn nothing_that_is_typed_is_unbounded() {
    let deep = "(".repeat(21) + "risk:low" + &")".repeat(21);
    assert!(problem(&deep).contains("too many parentheses"));
    assert!(problem(&"not ".repeat(400)).contains("too many parentheses"));
    assert!(problem(&"risk:low ".repeat(300)).contains("2000 characters at the most"));
}

#[test]
fn a_condition_by_itself_has_neither_order_nor_measure() {
    assert!(parse_filter("risk:high or silent:yes").is_ok());
    let problem = parse_filter("risk:high sort:arr").expect_err("an order");
    assert_eq!(problem.to_string(), "sort: has no place here: only what holds for customers.");
    assert!(parse_filter("acme").is_err());
}

#[test]
fn words_beside_a_query_are_searched_for() {
    let found = search("acme risk:high corp sort:-arr").expect("a search");
    assert_eq!((found.words.as_str(), text(&found.query).as_str()), ("acme corp", "risk:high sort:-arr"));
    assert!(search("(acme risk:high)").is_err());
}

#[test]
fn a_query_is_said_in_words() {
    let cases = [
        ("", "customers"),
        (
            "risk:high,medium arr:>100k renewal:<60d",
            "customers where the risk is high or medium and the yearly contract value is over 100,000 and the time to the \
             renewal is under 60 days",
        ),
        ("renewal:overdue count:customers", "how many customers there are where the renewal has passed"),
        (
            "not segment:smb by:industry sum:arr",
            "the total yearly contract value of customers where it is not so that the segment is smb, by industry",
        ),
        ("sort:-arr limit:3", "customers, by yearly contract value, highest first, the first 3"),
        ("renewal:2027-Q1", "customers where the renewal is in 2027-Q1"),
    ];
    for (typed, said) in cases {
        assert_eq!(words(&parse(typed)), said, "{typed}");
    }
}

#[test]
fn what_may_come_next_is_offered() {
    let values = |_: &domain::facts::Fact| vec!["FinTech".to_owned(), "Health care".to_owned()];
    let offered = |typed: &str| -> Vec<String> {
        completions(typed, values).into_iter().map(|completion| completion.text).collect()
    };
    assert_eq!(offered("risk:h"), ["high"]);
    assert_eq!(offered("risk:high,m"), ["medium", "missing"]);
    assert_eq!(offered("arr:>1k (renew"), ["renewal-date:", "renewal:", "renewal-quarter:", "auto-renew:"]);
    assert_eq!(offered("industry:"), ["FinTech", "\"Health care\"", "missing", "stale"]);
    assert_eq!(offered("industry:hea"), ["\"Health care\""]);
    assert_eq!(offered("count:"), ["customers"]);
    assert_eq!(offered("by:mon"), ["month(renewal)"]);
    assert_eq!(offered("risk:high "), [""; 0]);
    assert_eq!(offered("nonsense:"), [""; 0]);
    let one = &completions("arr:>1k ris", values)[0];
    assert_eq!((one.at.clone(), one.text.as_str()), (8..11, "risk:"));
}
