//! Lines of a model's own: which ones stand as they are, and what takes the others out.

use contracts::Line;
use cs_copilot::agent::guardrails::lines::{Fault, Kind, Lines};

use crate::support::desk;

fn rules() -> Lines {
    desk().lines
}

/// What can be said of the customer without a figure, be it true or not: it is shown as the model's.
const SAID: &[&str] = &[
    "The SSO problem, Okta by the look of it, blocks new hires, so it hurts the roll-out.",
    "Usage is the one thing to talk about; two or three teams may have left.",
    "Acme Corp is in deep trouble.",
    "Once the export works again, the rest may follow.",
    "Die Nutzung ist stark gefallen, und der Kunde ist gefährdet.",
    "L'utilisation a fortement chuté et le client va partir.",
    "Las ventas van bien; una vez al mes es poco.",
    "さくら商事の利用は減っています。",
    "They could be won back before the renewal.",
    "They are in phase III, and usage has halved or doubled, as far as I can tell.",
    "C'est un point de départ, et un point fort.",
    "十分な準備が必要です。",
    "Seven of ten would do.",
];

#[test]
fn a_judgement_without_figures_stands() {
    for line in &SAID[..SAID.len() - 1] {
        assert_eq!(rules().check(line, Kind::Say), Ok(Line::new(line)), "{line}");
    }
    assert_eq!(rules().check(SAID[SAID.len() - 1], Kind::Say), Err(Fault::Number), "ten is the first that does not");
}

#[test]
fn nothing_that_may_be_a_figure_of_the_data_is_in_what_is_said() {
    for (line, fault) in [
        ("Logins fell from 41 to 29.", Fault::Digit),
        ("Sie fielen auf ２９ am Tag.", Fault::Digit),
        ("هبط إلى ٢٩", Fault::Digit),
        ("यह २९ तक गिरा", Fault::Digit),
        ("Usage is down by ½.", Fault::Digit),
        ("Usage rose ⁹ times.", Fault::Digit),
        ("It is at Ⅻ logins.", Fault::Digit),
        ("It fell by five percent.", Fault::Digit),
        ("Fünf Prozent weniger.", Fault::Digit),
        ("A loss of %.", Fault::Digit),
        ("Twenty-nine logins a day are left.", Fault::Number),
        ("A dozen teams have left.", Fault::Number),
        ("One hundred and fifty seats stand empty.", Fault::Number),
        ("Es sind nur noch neunundzwanzig am Tag, und das ist zu wenig für die Firma.", Fault::Number),
        ("Il ne reste que vingt-neuf connexions par jour dans la société.", Fault::Number),
        ("Quedan solo veintinueve al día, y eso es poco para la empresa.", Fault::Number),
        ("毎日二十九回です。", Fault::Number),
        ("They have XII teams.", Fault::Number),
        ("Only XLII people log in.", Fault::Number),
        ("DCCCXCVII logins a week are left.", Fault::Number),
        ("Logins are at eight nine seven.", Fault::Number),
        ("Ticket HOO two zero five is stuck.", Fault::Number),
        ("Usage has grown tenfold.", Fault::Number),
        ("They lost 🔟 teams.", Fault::Number),
        ("They have two lakh users.", Fault::Number),
        ("Il y a une centaine de personnes dans la société.", Fault::Number),
        ("毎週百人が使っています。", Fault::Number),
        ("They pay in pesos.", Fault::Currency),
        ("The bill is in złoty.", Fault::Currency),
        ("They pay a lot of €.", Fault::Currency),
        ("They pay in dollars.", Fault::Currency),
        ("USD is what they pay in.", Fault::Currency),
        ("4021 is the one.", Fault::Digit),
        ("Ask about “ACM-XII”.", Fault::Number),
        ("See www.evil.example now.", Fault::Link),
        ("[here](//evil.example)", Fault::Link),
        ("Look at hxxp://evil.", Fault::Link),
        ("Open evil dot com.", Fault::Link),
        ("Open evil . com now.", Fault::Link),
        ("Open evil point fr.", Fault::Link),
        ("Look at пример.рф.", Fault::Link),
        ("Look at ｅｖｉｌ．ｃｏｍ.", Fault::Link),
        ("globex's people say so.", Fault::OtherCustomer),
        ("Globexs Leute sagen es.", Fault::OtherCustomer),
        ("Rozmawialiśmy z Globexem.", Fault::OtherCustomer),
        ("umbrellahealth has it too.", Fault::OtherCustomer),
        ("blueyonder has it too.", Fault::OtherCustomer),
        ("Write to dana@acme.example.", Fault::Secret),
        ("password=hunter-two is what they use.", Fault::Secret),
        ("Globex has the same problem.", Fault::OtherCustomer),
        ("G l o b e x has it too.", Fault::OtherCustomer),
        ("Contoso Inc would take them.", Fault::OtherCustomer),
    ] {
        assert_eq!(rules().check(line, Kind::Say), Err(fault), "{line}");
    }
    assert_eq!(rules().check(&"much ".repeat(100), Kind::Say), Err(Fault::TooLong));
}

/// Ordinary advice.
const ADVICE: &[&str] = &[
    "Propose a 30-minute call on Tuesday or Wednesday.",
    "Book the executive review before 15 December.",
    "Send the renewal quote by the end of January, six weeks before the date.",
    "Ask Dana for two reference calls.",
    "Offer a three-year term in exchange for a price lock.",
    "Plan for a 5% uplift at renewal.",
    "Follow up in 48 hours if there is no answer.",
    "Log the risk in Salesforce and tell your manager.",
    "Give them a week to answer, then call.",
    "The next step is a 3-step plan: fix SSO, close ACM-398, agree on the renewal.",
    "Close ticket 4021 this week.",
    "Send them the SOC-2 report.",
];

#[test]
fn advice_may_have_days_counts_and_shares() {
    for line in ADVICE {
        assert_eq!(rules().check(line, Kind::Do), Ok(Line::new(line)), "{line}");
    }
    for (line, fault) in [
        ("Offer USD 5,000 off.", Fault::Currency),
        ("Offer $5 off a seat.", Fault::Currency),
        ("Close HOO-205 by Friday.", Fault::Ticket),
        ("Close ticket 4022 by Friday.", Fault::Ticket),
        ("Close #777 by Friday.", Fault::Ticket),
        ("Introduce them to Initech.", Fault::OtherCustomer),
        ("Send them to evil.example.", Fault::Link),
    ] {
        assert_eq!(rules().check(line, Kind::Do), Err(fault), "{line}");
    }
}

#[test]
fn what_the_customer_reads_has_no_word_of_the_house_and_asks_for_nothing_that_thieves_want() {
    for line in [
        "How are things going with the new teams?",
        "I saw how much your teams do with the reports.",
        "Wie geht es Ihrem Team?",
    ] {
        assert_eq!(rules().check(line, Kind::ToCustomer), Ok(Line::new(line)), "{line}");
    }
    for line in [
        "Our health score for you went down.",
        "We consider you likely to churn.",
        "You are in our red zone.",
        "Your account is flagged as endangered.",
        "You rank second from the bottom of my book.",
        "Our internal assessment of your account is poor.",
        "We don't want to lose you.",
        "My manager put you on the watch list.",
        "You are one of our weakest accounts.",
        "Ihr Abwanderungsrisiko ist hoch, Risiko bleibt.",
    ] {
        assert_eq!(rules().check(line, Kind::ToCustomer), Err(Fault::Internal), "{line}");
    }
    for line in [
        "Please send me your password.",
        "Could you confirm your bank details?",
        "Please settle the invoice today.",
        "Could you make the payment by wire?",
        "The attached file has all of it.",
        "Bitte senden Sie uns Ihr Passwort.",
        "Merci de nous donner votre mot de passe.",
        "Envíenos su contraseña, por favor.",
        "Sua senha expirou.",
        "We need your credit card to go on.",
    ] {
        assert_eq!(rules().check(line, Kind::ToCustomer), Err(Fault::Request), "{line}");
    }
}

#[test]
fn markdown_is_taken_off_and_a_line_stays_one() {
    let line = rules().check("## **Talk** to `them`\nsoon", Kind::Say).unwrap();
    assert_eq!(line.as_str(), "Talk to them soon");
}
