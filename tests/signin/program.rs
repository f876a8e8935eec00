//! The program as its users start it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::support::{Account, Provider, Tools, keep, kept};

/// Makes the tokens in the file look used up.
fn age(tokens: &Path) {
    let mut used_up = kept(tokens);
    used_up["expires"] = "2020-01-01T00:00:00Z".into();
    keep(tokens, Some(&used_up));
}

#[tokio::test]
async fn by_code_over_a_plain_terminal() {
    let Some(provider) = Provider::start() else { return };
    provider.interval(1).await;
    let (_, server) = Tools::start().await;
    let account = Account::new(&provider.issuer, Some(&server));
    let ended = account.run(&["whoami"]).await;
    assert!(ended.code == Some(0) && ended.stdout.contains("you are a guest"), "{ended:?}");

    let told = account.login("--device", "user_alice").await.stdout;
    let file = account.tokens();
    assert!(
        told.contains(&format!("Signed in as alice@example.com. The sign-in is kept in the file {}", file.display())),
        "{told}"
    );
    let ended = account.run(&["whoami"]).await;
    let place = &provider.issuer;
    assert_eq!(
        ended.stdout,
        format!(
            "Sign-in: alice@example.com at {place}\n\
             Kept in: the file {}, which only this account can read\n\
             Token:   good for 23 hours; it renews itself\n\
             Server:  {server} takes you for user_alice\n",
            file.display()
        )
    );
    let ended = account.run(&["logout"]).await;
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "Signed out: the tokens are revoked and deleted.\n"));
    assert!(!file.exists());
}

/// Every file below `dir` that holds `secret`.
fn holding(dir: &Path, secret: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let below = entries.flat_map(|path| match path.is_dir() {
        true => holding(&path, secret),
        false => {
            String::from_utf8_lossy(&fs::read(&path).unwrap()).contains(secret).then_some(path).into_iter().collect()
        }
    });
    below.collect()
}

#[tokio::test]
async fn tokens_are_in_one_file_and_nowhere_else_whatever_happens() {
    let Some(mut provider) = Provider::start() else { return };
    let (tools, server) = Tools::start().await;
    let mut account = Account::new(&provider.issuer, Some(&server));
    account.environment.push(("CS_COPILOT_LOG_LEVEL", "trace".to_owned()));
    let mut printed = account.login("--browser", "user_alice").await.stdout;
    for command in ["whoami", "customers", "doctor", "whoami"] {
        let ended = account.run(&[command]).await;
        printed += &(ended.stdout + &ended.stderr);
        // The first one is let in; the others come with a renewed token, and are not.
        age(&account.tokens());
        tools.refuse();
    }
    provider.stop();
    let tokens = kept(&account.tokens());
    age(&account.tokens());
    let ended = account.run(&["customers"]).await;
    printed += &(ended.stdout + &ended.stderr);

    assert!(printed.contains("user_alice") && !account.logs().is_empty(), "there is something to search");
    let secrets = [tokens["access"].as_str(), tokens["refresh"].as_str()].map(Option::unwrap);
    for secret in secrets.into_iter().chain(tools.tokens().iter().flatten().map(String::as_str)) {
        assert!(!printed.contains(secret), "{printed}");
        let found = holding(account.path("").as_path(), secret);
        assert!(found.iter().all(|file| *file == account.tokens()), "{found:?}");
    }
    assert_eq!(account.run(&["logout"]).await.code, Some(3), "the provider could not be told");
    assert!(holding(account.path("").as_path(), secrets[1]).is_empty());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn where_there_is_no_keyring_a_file_is_used_and_named() {
    let Some(provider) = Provider::start() else { return };
    let mut account = Account::new(&provider.issuer, None);
    account.environment.push(("CS_COPILOT_AUTH_STORE", "auto".to_owned()));
    let told = account.login("--browser", "user_alice").await.stdout;
    assert!(told.contains(&format!("is kept in the file {}", account.tokens().display())), "{told}");
    let cannot = "cs-copilot: This machine's keyring cannot be used: there is none; unlock it, or set auth.store to \
                  \"file\" and sign in again.\n";
    account.environment.push(("CS_COPILOT_AUTH_STORE", "keyring".to_owned()));
    let ended = account.login("--browser", "user_alice").await;
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), cannot));

    // As it is after a sign-in that the keyring took.
    keep(&account.tokens(), None);
    for command in ["whoami", "logout"] {
        let ended = account.run(&[command]).await;
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), cannot), "nobody is a guest without noticing");
    }
}

#[tokio::test]
async fn by_browser_and_without_a_server() {
    let Some(provider) = Provider::start() else { return };
    let account = Account::new(&provider.issuer, None);
    let told = account.login("--browser", "user_bob").await.stdout;
    assert!(told.contains("Signed in as bob@example.com.") && told.contains("No server is configured"), "{told}");
    let ended = account.run(&["whoami"]).await;
    assert!(ended.code == Some(0) && ended.stdout.contains("inside this program"), "{ended:?}");
}

#[tokio::test]
async fn processes_that_renew_at_once_make_one_exchange() {
    let Some(provider) = Provider::start() else { return };
    provider.interval(1).await;
    let (tools, server) = Tools::start().await;
    let account = Account::new(&provider.issuer, Some(&server));
    account.login("--device", "user_alice").await;
    age(&account.tokens());
    let before = provider.token_requests().await;
    let starts = (0..4).map(|_| account.run(&["whoami"]));
    for ended in futures::future::join_all(starts).await {
        assert!(ended.code == Some(0) && ended.stdout.contains("takes you for user_alice"), "{ended:?}");
    }
    assert_eq!(provider.token_requests().await, before + 1);
    let tokens = tools.tokens();
    assert!(tokens.len() == 4 && tokens.iter().all(|token| *token == tokens[0]));
}

#[tokio::test]
async fn what_cannot_be_done_is_one_sentence() {
    let Some(mut provider) = Provider::start_without_device_grant() else { return };
    let account = Account::new(&provider.issuer, None);
    let issuer = provider.issuer.clone();
    let ended = account.run(&["login", "--device"]).await;
    assert_eq!(
        (ended.code, ended.stderr),
        (
            Some(1),
            format!(
                "cs-copilot: The sign-in service at {issuer} does not offer sign-in by code; use `cs-copilot login \
                 --browser`.\n"
            )
        )
    );
    assert_eq!(account.run(&["login", "--device", "--browser"]).await.code, Some(2));
    assert_eq!(account.run(&["logout"]).await.stdout, "Nobody was signed in.\n");
    provider.stop();
    let ended = account.run(&["login"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.starts_with("cs-copilot: Could not reach the sign-in service at "), "{ended:?}");
}

#[tokio::test]
async fn without_a_configured_sign_in_it_says_whom_to_ask() {
    let mut account = Account::new(&"https://clerk.example.com".parse().unwrap(), None);
    account.environment.clear();
    for command in ["login", "logout"] {
        let ended = account.run(&[command]).await;
        assert!(ended.code == Some(1) && ended.stderr.contains("no sign-in is configured"), "{ended:?}");
    }
    assert!(account.run(&["whoami"]).await.stdout.starts_with("Sign-in: none is configured; you are a guest.\n"));
}
