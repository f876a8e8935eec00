//! Emails in the house's own voice and language.

use std::{fs, path::PathBuf};

use crate::{
    Account,
    reports::{AS_OF, ravenstack},
};

impl Account {
    /// Says what `config.toml` says; the file's directory.
    fn configured(&self, says: &str) -> PathBuf {
        let file = self.path("settings/config.toml");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, says).unwrap();
        file.parent().unwrap().to_owned()
    }
}

const EMAIL: [&str; 6] = ["--config", "settings/config.toml", "run", "email", "A-09316c", "--as-of"];

fn email(account: &Account) -> String {
    let ended = account.run(&[&EMAIL[..], &AS_OF[1..]].concat());
    assert!(matches!(ended.code, Some(0 | 3)), "{}", ended.stderr);
    ended.stdout
}

#[test]
fn an_email_is_written_in_the_voice_and_the_language_that_are_configured() {
    let account = ravenstack();
    account.configured("");
    assert!(email(&account).contains("Best regards"));
    account
        .configured("[voice]\nlanguage = \"de\"\nregister = \"formal\"\nsender = \"Dana Field\"\ncompany = \"Acme\"\n");
    let german = email(&account);
    assert!(german.contains("Mit freundlichen Grüßen\n") && german.contains("Guten Tag"), "{german}");
    let (name, company) = (german.find("Dana Field"), german.find("Acme"));
    assert!(name.is_some() && name < company, "{german}");
    account.configured("[voice]\nsign_off = \"Many thanks\"\n");
    assert!(email(&account).contains("Many thanks") && !email(&account).contains("Best regards"));
}

#[test]
fn a_review_for_the_customer_is_in_the_language_that_is_configured_and_the_houses_is_not() {
    let account = ravenstack();
    account.configured("[voice]\nlanguage = \"de\"\n");
    let review = |edition| {
        let options = ["--config", "settings/config.toml", "run", "qbr", "A-09316c", "--edition", edition, "--as-of"];
        let ended = account.run(&[&options[..], &AS_OF[1..]].concat());
        assert!(matches!(ended.code, Some(0 | 3)), "{}", ended.stderr);
        ended.stdout
    };
    let (theirs, ours) = (review("customer"), review("internal"));
    assert!(theirs.contains("Quartalsgespräch") && theirs.contains("Wie es weitergeht"), "{theirs}");
    assert!(!theirs.contains("What comes next") && !theirs.contains("Your"), "{theirs}");
    assert!(ours.contains("What comes next"), "{ours}");
}

#[test]
fn a_language_of_ones_own_is_a_file_beside_the_configuration() {
    let account = ravenstack();
    let folder = account.configured("[voice]\nlanguage = \"welsh\"\n");
    let told = account.refused(&[&EMAIL[..], &AS_OF[1..]].concat());
    assert!(told.starts_with("cannot read settings/languages/welsh.toml, the language under [voice]: "), "{told}");
    fs::create_dir(folder.join("languages")).unwrap();
    let english = include_str!("../../languages/en.toml");
    let welsh = folder.join("languages/welsh.toml");
    fs::write(&welsh, english.replace("[letters.hello]", "[letters.helo]")).unwrap();
    let told = account.refused(&[&EMAIL[..], &AS_OF[1..]].concat());
    assert!(told.starts_with("settings/languages/welsh.toml: the letter [letters.hello] is missing"), "{told}");
    fs::write(&welsh, english.replace("step-review = ", "step-revue = ")).unwrap();
    let told = account.refused(&[&EMAIL[..], &AS_OF[1..]].concat());
    assert!(
        told.starts_with("settings/languages/welsh.toml: the phrase step-review under [review] is missing"),
        "{told}"
    );
    fs::write(&welsh, english.replace("{{ name }},", "{{ nam }},")).unwrap();
    let told = account.refused(&[&EMAIL[..], &AS_OF[1..]].concat());
    assert!(told.starts_with("settings/languages/welsh.toml: the phrase greeting.named: "), "{told}");
    fs::write(&welsh, english.replace("Best regards", "Cofion gorau")).unwrap();
    assert!(email(&account).contains("Cofion gorau"));
}
