//! Questions about the whole book, and what they are taken for.

use crate::support::check;

#[test]
fn the_whole_book() {
    check(
        None,
        &[
            ("which customers are most at risk", "The first 10 customers, by risk, highest first"),
            ("who is most at risk?", "The first 10 customers, by risk, highest first"),
            ("top 5 customers at risk", "The first 5 customers at high or medium risk, by risk, highest first"),
            ("customers at risk", "Customers at high or medium risk, by risk, highest first"),
            ("high risk accounts", "Customers at high risk, by risk, highest first"),
            ("list my high and medium risk customers", "Customers at high or medium risk, by risk, highest first"),
            ("show the 5 worst customers", "The first 5 customers, by risk, highest first"),
            ("which customer has the lowest score", "The first customer, by score, lowest first"),
            ("customers with the most open tickets", "The first 10 customers, by open tickets, most first"),
            ("biggest accounts", "The first 10 customers, by ARR, highest first"),
            ("top ten accounts by ARR", "The first 10 customers, by ARR, highest first"),
            ("rank customers by renewal date", "Customers, by renewal, next first"),
            ("sort accounts by health", "Customers, by score, lowest first"),
            ("list all customers", "Customers, by risk, highest first"),
            ("who should I call first?", "The first 10 customers, by risk, highest first"),
            ("who is going to churn", "The first 10 customers, by risk, highest first"),
            ("renewals next quarter", "Customers renewing from 2027-01-01 to 2027-03-31, by renewal, next first"),
            (
                "renewals next quarter over 50k",
                "Customers renewing from 2027-01-01 to 2027-03-31 with an ARR over 50,000, by renewal, next first",
            ),
            (
                "top 5 high risk renewals next quarter over $50,000",
                "The first 5 customers renewing from 2027-01-01 to 2027-03-31 with an ARR over USD 50,000 at high risk, \
                 by renewal, next first",
            ),
            ("renewals this month", "Customers renewing from 2026-11-01 to 2026-11-30, by renewal, next first"),
            ("who renews this week", "Customers renewing from 2026-11-23 to 2026-11-29, by renewal, next first"),
            (
                "contracts expiring within 60 days?",
                "Customers renewing from 2026-11-23 to 2027-01-22, by renewal, next first",
            ),
            (
                "accounts up for renewal in 3 months",
                "Customers renewing from 2026-11-23 to 2027-02-23, by renewal, next first",
            ),
            (
                "renewals in the next 90 days",
                "Customers renewing from 2026-11-23 to 2027-02-21, by renewal, next first",
            ),
            ("renewals in March", "Customers renewing from 2027-03-01 to 2027-03-31, by renewal, next first"),
            ("renewals in Q1 2027", "Customers renewing from 2027-01-01 to 2027-03-31, by renewal, next first"),
            ("renewals in 2027", "Customers renewing from 2027-01-01 to 2027-12-31, by renewal, next first"),
            (
                "renewals between 2026-12-01 and 2026-12-15",
                "Customers renewing from 2026-12-01 to 2026-12-15, by renewal, next first",
            ),
            ("renewals before 2027-01-01", "Customers renewing until 2026-12-31, by renewal, next first"),
            ("5 biggest renewals", "The first 5 customers with a renewal date, by ARR, highest first"),
            ("overdue renewals", "Customers with an overdue renewal, by renewal, next first"),
            ("which accounts are overdue", "Customers with an overdue renewal, by renewal, next first"),
            ("customers over €1.2m", "Customers with an ARR over EUR 1,200,000, by ARR, highest first"),
            ("accounts under 10 thousand dollars", "Customers with an ARR under USD 10,000, by ARR, highest first"),
            (
                "customers with ARR between 50k and 100k",
                "Customers with an ARR from 50,000 to 100,000, by ARR, highest first",
            ),
            (
                "customers with more than 3 open tickets",
                "Customers with more than 3 open tickets, by open tickets, most first",
            ),
            ("clients with 5 or more tickets", "Customers with at least 5 open tickets, by open tickets, most first"),
            ("customers with a score under 50", "Customers with a score under 50, by risk, highest first"),
            ("accounts with falling usage", "Customers with usage down, by risk, highest first"),
            ("where is usage down? all customers", "Customers with usage down, by risk, highest first"),
            ("customers that are not at risk", "Customers at low risk, by risk, highest first"),
            ("which customers are silent?", "Customers with usage silent, by risk, highest first"),
            ("inactive accounts", "Customers with usage silent, by risk, highest first"),
            ("who stopped using the product?", "Customers with usage silent, by risk, highest first"),
            ("who is not using our product", "Customers with usage silent, by risk, highest first"),
            ("customers no longer using us", "Customers with usage silent, by risk, highest first"),
            ("customers that are not silent", "Customers with usage up or flat or down, by risk, highest first"),
            ("accounts not growing", "Customers with usage flat or down or silent, by risk, highest first"),
            ("healthy customers", "Customers at low risk, by risk, highest first"),
            ("which customers haven't renewed", "Customers with an overdue renewal, by renewal, next first"),
            ("accounts with no open tickets", "Customers with no open tickets, by risk, highest first"),
            ("customers with open tickets", "Customers with open tickets, by open tickets, most first"),
            ("customers without a renewal date", "Customers with no renewal date, by risk, highest first"),
            ("how many customers are at risk", "How many customers at high or medium risk"),
            ("how many customers do I have?", "How many customers"),
            ("How many renewals next month", "How many customers renewing from 2026-12-01 to 2026-12-31"),
            ("what ARR renews next quarter", "Total ARR of customers renewing from 2027-01-01 to 2027-03-31"),
            ("total ARR at risk", "Total ARR of customers at high or medium risk"),
            (
                "how much revenue is up for renewal this year?",
                "Total ARR of customers renewing from 2026-01-01 to 2026-12-31",
            ),
            ("compare Acme and Globex", "Acme Corp and Globex side by side"),
            ("Acme vs. Globex vs Hooli", "Acme Corp, Globex and Hooli side by side"),
            ("health of Acme and Globex", "Acme Corp and Globex side by side"),
            ("compare acme with globx", "Acme Corp and Globex side by side"),
            ("how does acme compare to globex usage wise", "Acme Corp and Globex side by side"),
            ("compare Acme and Vandelay", "health nobody “Vandelay”"),
        ],
    );
}

#[test]
fn who_leads_in_a_figure() {
    check(
        None,
        &[
            ("who pays the most", "The first 10 customers, by ARR, highest first"),
            ("who pays us the least?", "The first 10 customers, by ARR, lowest first"),
            ("which customer pays most", "The first customer, by ARR, highest first"),
            ("who has the highest score", "The first 10 customers, by score, highest first"),
            ("who uses it the least", "The first 10 customers, by usage, falling first"),
            ("who renews first", "The first 10 customers, by renewal, next first"),
            ("who renews last", "Customers, by renewal, latest first"),
            ("which customer renews last", "The first customer, by renewal, latest first"),
            ("who renews next", "Customers renewing from 2026-11-23 on, by renewal, next first"),
            ("next 5 renewals", "The first 5 customers renewing from 2026-11-23 on, by renewal, next first"),
            ("last 3 renewals", "The first 3 customers with a renewal date, by renewal, latest first"),
            ("what renews next?", "Customers renewing from 2026-11-23 on, by renewal, next first"),
            ("who is least at risk", "The first 10 customers, by risk, lowest first"),
            ("top customer", "The first customer, by ARR, highest first"),
            ("total ARR of the top 5", "Total ARR of the first 5 customers, by ARR, highest first"),
            ("total ARR", "Total ARR of customers"),
            ("high risk but low usage", "Customers at high risk, by usage, falling first"),
            ("which 3 customers renew first", "The first 3 customers, by renewal, next first"),
            ("top churn risks", "The first 10 customers, by risk, highest first"),
            ("lowest scores", "The first 10 customers, by score, lowest first"),
            ("top 3 by score", "The first 3 customers, by score, highest first"),
            ("bottom 3 by score", "The first 3 customers, by score, lowest first"),
            ("total ARR of the top 5 customers", "Total ARR of the first 5 customers, by ARR, highest first"),
        ],
    );
}

#[test]
fn times_and_currencies() {
    let first_quarter = "Customers renewing from 2027-01-01 to 2027-03-31, by renewal, next first";
    let first_half = "Customers renewing from 2027-01-01 to 2027-06-30, by renewal, next first";
    let this_year = "Customers renewing until 2026-12-31, by renewal, next first";
    check(
        None,
        &[
            ("renewals between January and March", first_quarter),
            ("renewals from january to march 2027", first_quarter),
            ("renewals Jan-Mar", first_quarter),
            ("renewals in Q1 next year", first_quarter),
            ("renewals from 2027-01-01 until 2027-03-31", first_quarter),
            (
                "renewals between October and February",
                "Customers renewing from 2026-10-01 to 2027-02-28, by renewal, next first",
            ),
            (
                "renewals from December 2026 to February",
                "Customers renewing from 2026-12-01 to 2027-02-28, by renewal, next first",
            ),
            ("renewals in the first half", first_half),
            ("renewals in H1 2027", first_half),
            ("renewals Q1-Q2", first_half),
            ("who renewed yesterday", "Customers renewing on 2026-11-22, by renewal, next first"),
            ("renewals last month", "Customers renewing from 2026-10-01 to 2026-10-31, by renewal, next first"),
            (
                "renewals in the last 2 weeks",
                "Customers renewing from 2026-11-09 to 2026-11-23, by renewal, next first",
            ),
            ("renewals after 2027-01-31", "Customers renewing from 2027-02-01 on, by renewal, next first"),
            ("renewals on or after 2027-01-31", "Customers renewing from 2027-01-31 on, by renewal, next first"),
            ("renewals on or before 2026-12-31", this_year),
            ("renewals no later than 2026-12-31", this_year),
            ("renewals not before 2027-01-31", "Customers renewing from 2027-01-31 on, by renewal, next first"),
            ("renewals after January", "Customers renewing from 2027-02-01 on, by renewal, next first"),
            ("renewals since 2027-01-31", "Customers renewing from 2027-01-31 on, by renewal, next first"),
            ("renewals from 2027-01-31", "Customers renewing from 2027-01-31 on, by renewal, next first"),
            ("renewals since September", "Customers renewing from 2026-09-01 on, by renewal, next first"),
            ("renewals before 2027-01-01", this_year),
            ("renewals by end of quarter", this_year),
            ("renewals before year end", this_year),
            ("renewals by the end of this year", this_year),
            ("renewals before March 15", "Customers renewing until 2027-03-14, by renewal, next first"),
            (
                "which renewals are coming up in the next 60 days",
                "Customers renewing from 2026-11-23 to 2027-01-22, by renewal, next first",
            ),
            ("upcoming renewals", "Customers renewing from 2026-11-23 on, by renewal, next first"),
            ("renewals in EUR", "Customers with a renewal date paying in EUR, by renewal, next first"),
            ("customers who pay in euros or yen", "Customers paying in EUR or JPY, by ARR, highest first"),
            ("total ARR in USD", "Total ARR of customers paying in USD"),
            ("customers paying in €", "Customers paying in EUR, by ARR, highest first"),
            ("who pays the most in £?", "The first 10 customers paying in GBP, by ARR, highest first"),
            ("customers >$50k", "Customers with an ARR over USD 50,000, by ARR, highest first"),
            ("customers < 50k €", "Customers with an ARR under EUR 50,000, by ARR, highest first"),
            ("customers 50k+", "Customers with an ARR of at least 50,000, by ARR, highest first"),
            ("customers with score >= 80", "Customers with a score of at least 80, by risk, highest first"),
        ],
    );
}

#[test]
fn what_was_not_understood_is_told() {
    let by_renewal = "Customers with a renewal date, by renewal, next first";
    let over = "Customers with a renewal date with an ARR over 50,000, by renewal, next first";
    let at_risk = "Customers at high or medium risk, by risk, highest first";
    let table = [
        ("which customers in Germany are at risk", at_risk, " “Germany”?"),
        ("customers at risk this quarter", at_risk, " “this quarter”?"),
        ("renewals in the coming weeks", by_renewal, " “weeks”?"),
        ("renewals over 50k or under 10k", over, " “under 10k”?"),
        ("customers at risk except Acme", at_risk, " “except Acme”?"),
        ("renewals with discounts", by_renewal, " “discounts”?"),
        ("renewals on monday", by_renewal, " “monday”?"),
        ("renewals two years ago", by_renewal, " “two years ago”?"),
        ("renewals without a csm", by_renewal, " “without a csm”?"),
        (
            "new customers with nps under 30",
            "The first 10 customers, by risk, highest first",
            " “new”? “nps under 30”?",
        ),
    ];
    let table = table.map(|(sentence, title, unread)| (sentence, format!("{title}{unread}")));
    check(None, &table.each_ref().map(|(sentence, told)| (*sentence, told.as_str())));
}

#[test]
fn states_are_risks() {
    check(
        None,
        &[
            ("which customers are happy", "Customers at low risk, by risk, highest first"),
            ("who is not doing well", "Customers at high or medium risk, by risk, highest first"),
            ("least happy customers", "The first 10 customers, by risk, highest first"),
            ("accounts that are not at low risk", "Customers at high or medium risk, by risk, highest first"),
            ("which accts haven't got any tickets", "Customers with no open tickets, by risk, highest first"),
            ("who has 0 tickets", "Customers with no open tickets, by risk, highest first"),
        ],
    );
}
