//! Words for the same thing, as systems and people use them: one table for every column that holds one of a few words.

use super::Kind;

/// A word of the canonical files, and what else is written for it.
type Row = (Kind, &'static str, &'static [&'static str]);

/// Rows as one reads them: kind, canonical word, and what else is written for it.
macro_rules! rows {
    ($($kind:ident $word:literal: $($other:literal)*;)*) => {
        &[$((Kind::$kind, $word, &[$($other),*])),*]
    };
}

/// In lower case; whatever stands between letters and digits is one space.
const WORDS: &[Row] = rows! {
    Priority "urgent":
        "critical" "blocker" "highest" "emergency" "immediate" "very high" "showstopper" "p0" "p1" "sev 0" "sev 1"
        "sev0" "sev1" "s1" "severity 1" "priority 1" "dringend" "kritisch" "sehr hoch" "urgente" "critique"
        "dringlich" "crítica" "crítico" "critica" "critico";
    Priority "high":
        "major" "important" "priority" "p2" "sev 2" "sev2" "s2" "severity 2" "priority 2" "hoch" "élevée" "haute" "alta" "élevé"
        "haut" "hoog" "alto" "wichtig";
    Priority "normal":
        "medium" "moderate" "not priority" "default" "standard" "regular" "p3" "sev 3" "sev3" "s3" "severity 3" "priority 3" "mittel"
        "moyenne" "normale" "media" "average" "moyen" "média" "normaal" "gemiddeld" "medio";
    Priority "low":
        "lowest" "minor" "trivial" "very low" "planning" "p4" "p5" "sev 4" "sev 5" "sev4" "sev5" "s4" "severity 4"
        "priority 4" "niedrig" "gering" "basse" "faible" "baja" "bas" "bassa" "baixa" "laag" "bajo";
    TicketState "open":
        "new" "pending" "hold" "on hold" "in progress" "to do" "todo" "backlog" "reopened" "re opened" "active"
        "assigned" "working" "submitted" "snoozed" "escalated" "triage" "in review" "review" "acknowledged" "waiting"
        "waiting on customer" "waiting on contact" "waiting on us" "waiting on third party" "waiting for customer"
        "waiting for support" "awaiting reply" "awaiting customer reply" "awaiting customer"
        "selected for development" "work in progress" "blocked" "offen" "neu" "in bearbeitung" "wartend" "in arbeit"
        "wartet" "wartet auf kunde" "wartet auf kunden" "zugewiesen" "wiedereröffnet" "ausstehend" "ouvert" "ouverte"
        "nouveau" "nouvelle" "en attente" "en cours" "assigné" "réouvert" "abierto" "abierta" "nuevo" "nueva"
        "pendiente" "en curso" "en espera" "en progreso" "asignado" "reabierto" "aperto" "nuovo" "in attesa"
        "in corso" "nieuw" "in behandeling" "in afwachting" "aberto" "novo" "em andamento";
    TicketState "closed":
        "solved" "resolved" "done" "completed" "complete" "fixed" "cancelled" "canceled" "archived" "rejected"
        "declined" "duplicate" "merged" "wontfix" "won t fix" "won t do" "released" "geschlossen" "gelöst" "erledigt"
        "fertig" "abgeschlossen" "behoben" "beendet" "fermé" "fermée" "résolu" "résolue" "clos" "clôturé" "terminé"
        "cerrado" "cerrada" "resuelto" "resuelta" "solucionado" "terminado" "chiuso" "risolto" "gesloten" "opgelost"
        "afgerond" "fechado" "resolvido";
    TicketState "deleted":
        "spam" "trash" "trashed" "gelöscht" "supprimé" "eliminado";
    CustomerStatus "active":
        "customer" "customer direct" "customer channel" "live" "current" "paying" "client" "onboarding" "adopting"
        "renewed" "subscribed" "existing customer" "current customer" "active customer" "evangelist" "aktiv" "kunde"
        "actif" "activo" "attivo" "actief" "ativo" "bestandskunde" "renewing"
        "at risk" "healthy" "paused" "on hold" "in renewal" "expanding" "mature" "won" "gefährdet" "pausiert";
    CustomerStatus "churned":
        "former customer" "former" "cancelled" "canceled" "lost" "inactive" "closed" "terminated" "ex customer"
        "past customer" "churned customer" "churn" "left" "offboarded" "ended" "deactivated" "inaktiv" "gekündigt"
        "verloren" "ehemalig" "ehemaliger kunde" "résilié" "perdu" "inactif" "ancien client" "cancelado" "perdido"
        "inactivo" "ex cliente" "perso" "opgezegd";
    CustomerStatus "prospect":
        "lead" "opportunity" "subscriber" "marketing qualified lead" "sales qualified lead" "mql" "sql" "trial"
        "trialing" "partner" "vendor" "supplier" "competitor" "investor" "other" "interessent" "target" "pipeline"
        "potential" "prospecto";
    ContractState "active":
        "live" "current" "past due" "unpaid" "in force" "activated" "signed" "renewed" "non renewing" "paying"
        "paused" "aktiv" "laufend" "actif" "en cours" "activo" "vigente" "attivo" "ativo";
    ContractState "trial":
        "trialing" "in trial" "trialling" "free trial" "testphase" "essai" "prueba";
    ContractState "ended":
        "canceled" "cancelled" "expired" "incomplete expired" "terminated" "churned" "closed" "inactive" "completed"
        "lapsed" "gekündigt" "failed" "beendet" "abgelaufen" "ausgelaufen" "résilié" "expiré" "terminé" "annulé"
        "cancelado" "vencido" "expirado" "terminado";
    ContractState "future":
        "incomplete" "draft" "pending" "in approval process" "not started" "upcoming" "proposed";
    Interval "day":
        "daily" "days" "1 day" "p1d" "per day" "täglich";
    Interval "week":
        "weekly" "weeks" "1 week" "p1w" "per week" "wöchentlich";
    Interval "month":
        "p1m" "monthly" "months" "1 month" "mo" "mon" "per month" "every month" "monatlich" "mensuel" "mensual";
    Interval "quarter":
        "p3m" "quarterly" "quarters" "3 months" "3 month" "per quarter" "every 3 months" "vierteljährlich"
        "trimestriel";
    Interval "half-year":
        "p6m" "half year" "half yearly" "semiannual" "semi annual" "semiannually" "biannual" "6 months" "6 month"
        "every 6 months" "halbjährlich";
    Interval "year":
        "p1y" "p12m" "yearly" "annual" "annually" "years" "1 year" "12 months" "12 month" "yr" "pa" "p a" "per year"
        "per annum" "every year" "every 12 months" "jährlich" "annuel" "anual";
    Currency "EUR":
        "€" "euro" "euros";
    Currency "USD":
        "us" "us dollar" "us dollars" "united states dollar";
    Currency "GBP":
        "£" "british pound" "pound sterling" "pounds sterling";
    Currency "CHF":
        "sfr" "swiss franc" "swiss francs" "schweizer franken";
    YesNo "yes":
        "true" "y" "1" "on" "t" "x" "enabled" "checked" "auto" "automatic" "✓" "ja" "oui" "si" "sí" "sim" "wahr"
        "vrai" "vero" "verdadero" "waar";
    YesNo "no":
        "false" "n" "0" "off" "f" "disabled" "unchecked" "manual" "✗" "nein" "non" "não" "falsch" "faux" "falso"
        "onwaar" "nee";
    Trend "up":
        "increasing" "growing" "rising" "positive" "increase" "improving" "↑" "steigend";
    Trend "flat":
        "stable" "steady" "neutral" "unchanged" "constant" "→" "stabil" "gleichbleibend";
    Trend "down":
        "decreasing" "declining" "falling" "negative" "decrease" "shrinking" "↓" "fallend" "sinkend";
    Measure "count":
        "sum" "total" "events";
    Measure "level":
        "gauge" "average" "current";
    Survey "csat":
        "customer satisfaction" "satisfaction" "c sat";
    Survey "nps":
        "net promoter score" "net promoter" "n p s";
};

/// The canonical word for `text` in a column of this kind.
pub(super) fn word(kind: Kind, text: &str) -> Option<&'static str> {
    let rows = || WORDS.iter().filter(move |(of, ..)| *of == kind);
    if let Some((_, word, _)) = rows().find(|(_, word, _)| *word == text) {
        return Some(word);
    }
    let folded = folded(text);
    let find = |text: &str| {
        rows().find(|(_, word, others)| fold_eq(word, text) || others.contains(&text)).map(|(_, word, _)| *word)
    };
    find(&folded)
        .or_else(|| {
            // `1 - Critical`, `(2) High`: the number only puts them in order.
            let (number, rest) = folded.split_once(' ').filter(|_| kind != Kind::Interval)?;
            number.bytes().all(|byte| byte.is_ascii_digit()).then(|| find(rest)).flatten()
        })
        .or_else(|| {
            // `P1 - Critical`, `High (P2)`: both say it, and have to agree.
            let mut said = folded.split(' ').filter_map(find);
            let first = said.next()?;
            (folded.split(' ').all(|part| find(part) == Some(first))).then_some(first)
        })
}

/// The canonical words of a kind, as a sentence lists them.
pub(super) fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Priority => "urgent, high, normal or low, nor a word that is known for one of them",
        Kind::TicketState => "open, closed or deleted, nor a word that is known for one of them",
        Kind::CustomerStatus => "active, churned or prospect, nor a word that is known for one of them",
        Kind::ContractState => "active, trial, future or ended, nor a word that is known for one of them",
        Kind::Interval => "day, week, month, quarter, half-year or year, nor a word that is known for one of them",
        Kind::Currency => "a currency of three letters such as USD",
        Kind::YesNo => "yes or no",
        Kind::Trend => "up, flat or down",
        Kind::Measure => "count or level",
        Kind::Survey => "csat or nps",
        _ => "a word that is known",
    }
}

/// Whether `text` is a word that is known for a kind.
pub fn is_known(kind: Kind, text: &str) -> bool {
    word(kind, text).is_some()
}

/// Every word that is known for a kind, behind its canonical one; for the manual.
pub fn known(kind: Kind) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    WORDS.iter().filter(move |(of, ..)| *of == kind).map(|(_, word, others)| (*word, *others))
}

fn fold_eq(word: &str, folded: &str) -> bool {
    word == folded || (word.contains('-') && word.replace('-', " ") == folded)
}

fn folded(text: &str) -> String {
    let text = text.to_lowercase();
    let signs = |c: char| c.is_alphanumeric() || "↑↓→✓✗€£".contains(c);
    text.split(|c: char| !signs(c)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
