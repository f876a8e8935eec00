//! The file that keeps the tokens, and where a browser is opened.

use std::fs;

use cs_copilot::auth::{AuthError, Authenticator, can_open_browser};
use tempfile::tempdir;

use crate::support::{Provider, TestTime, authenticator, config, kept, sign_in};

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_this_account_alone_whatever_it_was_before() {
    use std::os::unix::fs::PermissionsExt;

    let Some(provider) = Provider::start() else { return };
    let home = tempdir().unwrap();
    let dir = home.path().join("sign-in");
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("tokens.json"), "from before").unwrap();
    for (path, mode) in [(dir.clone(), 0o755), (dir.join("tokens.json"), 0o644)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    sign_in(&provider, &dir, "user_alice").await;
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(dir.clone()), mode(dir.join("tokens.json"))), (0o700, 0o600));
    let names: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "the tokens and the lock, and nothing half written: {names:?}");
}

#[tokio::test]
async fn tokens_of_another_client_or_a_broken_file_are_nobodys() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    sign_in(&provider, dir.path(), "user_alice").await;
    let other = cs_copilot::config::AuthConfig { client_id: "another-client".to_owned(), ..config(&provider.issuer) };
    let other = Authenticator::new(other, dir.path(), time.time()).unwrap();
    assert!(other.current().await.unwrap().is_none());
    fs::write(dir.path().join("tokens.json"), "{\"owner\":").unwrap();
    assert!(authenticator(&provider.issuer, dir.path(), &time).current().await.unwrap().is_none());
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_named() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    let tokens = sign_in(&provider, dir.path(), "user_alice").await;
    let file = dir.path().join("tokens.json");
    let blocked = file.join("sign-in");
    let error = authenticator(&provider.issuer, &blocked, &time).keep(&tokens).await.unwrap_err();
    assert!(matches!(&error, AuthError::Store { place, .. } if place.starts_with(&file)), "{error}");
}

#[tokio::test]
async fn no_secret_is_ever_printed() {
    let Some(provider) = Provider::start() else { return };
    let dir = tempdir().unwrap();
    let tokens = sign_in(&provider, dir.path(), "user_alice").await;
    let kept = kept(&dir.path().join("tokens.json"));
    let printed = format!("{tokens:?} {:?}", authenticator(&provider.issuer, dir.path(), &TestTime::new()));
    for secret in ["access", "refresh"] {
        let secret = kept[secret].as_str().unwrap();
        assert!(secret.len() > 20 && !printed.contains(secret), "{printed}");
    }
}

#[test]
fn a_browser_is_opened_only_in_front_of_the_user() {
    let open = |variables: &[(&str, &str)]| {
        can_open_browser(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    };
    assert!(open(&[("DISPLAY", ":0")]) && open(&[("WAYLAND_DISPLAY", "wayland-0"), ("DISPLAY", "")]));
    assert!(!open(&[("DISPLAY", ":10"), ("SSH_CONNECTION", "10.0.0.1 22 10.0.0.2 22")]));
    assert!(!open(&[("DISPLAY", ":10"), ("SSH_TTY", "/dev/pts/1")]));
    assert_eq!(open(&[]), cfg!(any(windows, target_os = "macos")));
}
