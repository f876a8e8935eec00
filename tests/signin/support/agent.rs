use std::collections::BTreeMap;

use reqwest::{
    Client, RequestBuilder, Url,
    header::{COOKIE, LOCATION, SET_COOKIE},
    redirect,
};

/// Somebody with a browser: keeps cookies, follows redirects, fills in forms.
pub struct Agent {
    pub http: Client,
    cookies: BTreeMap<String, String>,
}

/// Where the browser is, and what it shows.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub url: Url,
    pub text: String,
}

/// A page's form: where it goes, and what is filled in already.
#[derive(Debug)]
struct Form {
    action: Url,
    fields: BTreeMap<String, String>,
}

impl Agent {
    pub fn new() -> Self {
        // Only the first call can install it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().no_proxy().tls_certs_only([]).redirect(redirect::Policy::none());
        Self { http: http.build().unwrap(), cookies: BTreeMap::new() }
    }

    /// Opens an address and follows where it leads.
    pub async fn open(&mut self, address: &str) -> Page {
        self.go(self.http.get(address)).await
    }

    /// Signs in as `user` and agrees to everything, up to the last page.
    pub async fn agree(&mut self, address: &str, user: &str) -> Page {
        let mut page = self.open(address).await;
        while let Some(mut form) = page.form() {
            if page.text.contains("name=\"login\"") {
                form.fields.extend([("login", user), ("password", "x")].map(|(k, v)| (k.to_owned(), v.to_owned())));
            }
            page = self.submit(&form).await;
        }
        page
    }

    /// Refuses at the first occasion.
    pub async fn refuse(&mut self, address: &str) -> Page {
        let page = self.open(address).await;
        if let Some(abort) = page.text.split("href=\"").find_map(|part| part.split_once("/abort\"")) {
            let abort = page.url.join(&format!("{}/abort", abort.0)).unwrap();
            return self.open(abort.as_str()).await;
        }
        let mut page = self.submit(&page.form().unwrap()).await;
        if let Some(mut form) = page.form() {
            form.fields.insert("abort".to_owned(), "yes".to_owned());
            page = self.submit(&form).await;
        }
        page
    }

    async fn submit(&mut self, form: &Form) -> Page {
        self.go(self.http.post(form.action.clone()).form(&form.fields)).await
    }

    async fn go(&mut self, request: RequestBuilder) -> Page {
        let mut request = request;
        for _ in 0..10 {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let response = request.header(COOKIE, cookies.join("; ")).send().await.unwrap();
            for cookie in response.headers().get_all(SET_COOKIE) {
                let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            self.cookies.retain(|_, value| !value.is_empty());
            let (status, url) = (response.status().as_u16(), response.url().clone());
            let Some(next) = response.headers().get(LOCATION) else {
                return Page { status, url, text: response.text().await.unwrap() };
            };
            request = self.http.get(url.join(next.to_str().unwrap()).unwrap());
        }
        panic!("redirected for ever");
    }
}

impl Page {
    fn form(&self) -> Option<Form> {
        let attribute = |tag: &str, name: &str| {
            let value = tag.split_once(&format!("{name}=\""))?.1.split_once('"')?.0;
            Some(value.replace("&amp;", "&"))
        };
        let form = self.text.split_once("<form")?.1.split_once("</form>")?.0;
        let action = self.url.join(&attribute(form, "action")?).unwrap();
        let inputs = form.split("<input").skip(1);
        let fields = inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)));
        Some(Form { action, fields: fields.collect() })
    }
}
