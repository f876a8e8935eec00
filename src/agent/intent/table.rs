//! The words that questions about a customer are asked in, and those of companies' names.

use contracts::TaskId;

use self::{
    Lean::{Hints, Names, No},
    Sense::{Be, Change, Customer, Determiner, Many, Plain, Splits, Write},
};

/// Which task a word stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lean {
    /// None.
    No,
    /// It is of use to this task; any word that names one counts more.
    Hints(TaskId),
    /// It names the task.
    Names(TaskId),
}

/// What a word says beyond the task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// Nothing: it is read and passed over.
    Plain,
    /// `a`, `the`, `my`: no name follows.
    Determiner,
    /// `is`, `does`: somebody may follow.
    Be,
    /// To change something, where a sentence begins with it.
    Change,
    /// What follows modifies what was before: `about`, `of`, `before`, `and`.
    Splits,
    /// To write to somebody.
    Write,
    /// It asks of several customers, or compares.
    Many,
    /// Some customer.
    Customer,
}

/// The words of a row mean the same; a hyphen joins words that mean it together.
#[rustfmt::skip]
pub(super) const TABLE: &[(&str, Lean, Sense)] = &[
    ("should-i should-we do-i-need to-do", Hints(TaskId::HEALTH), Plain),
    ("healthy unhealthy health healthcheck healthiness wellbeing score scores scoring health-score rating", Names(TaskId::HEALTH), Plain),
    ("renewal renew renewing renewed renews extension extend contract contracts expire expires expiring expiry \
      renewal-date renewal-dates contract-end end-date up-for-renewal due-for-renewal due be-renewed \
      get-renewed gets-renewed overdue past-due lapsed expired late haven't-renewed hasn't-renewed \
      have-not-renewed has-not-renewed not-renewed", Names(TaskId::RENEWAL), Plain),
    ("renewals", Names(TaskId::RENEWAL), Many),
    ("qbr qbrs business-review business-reviews quarterly-review quarterly-business-review ebr \
      executive-review deck slides outline agenda", Names(TaskId::QBR), Plain),
    ("churn churning attrition leave leaving leaves lose losing quit quitting cancel cancelling cancellation \
      defect retention retain risk risks risky riskiest churn-risk risk-level danger endangered unhappy \
      red-flag red-flags highest-risk most-at-risk most-likely-to-churn most-likely-to-leave \
      likeliest-to-churn", Names(TaskId::CHURN), Plain),
    ("at-risk in-danger in-trouble", Names(TaskId::CHURN), Splits),
    ("email emails mail mails message letter note check-in checkin check-ins touch-base reach-out reaching-out \
      follow-up followup outreach reply", Names(TaskId::EMAIL), Plain),
    ("write draft compose send drafting writing", No, Write),
    ("usage adoption activity login logins use uses using active engagement engaged usage-trend trend trends \
      trending ticket tickets open-ticket open-tickets support-ticket support-tickets case cases escalation \
      escalations issue issues problem problems bug bugs outage outages incident incidents complaint \
      complaints support concern concerns concerned prepare preparing prep ready call meeting meet talk \
      summary summarise summarize status state doing going happening overview brief briefing bring-up look \
      news story know expect standing stand performing performance situation picture things wrong why improve \
      changed changes thoughts insights lowdown rundown highlights details info background history action \
      actions next-step next-steps worry worried worrying focus attention important priority priorities \
      my-priorities our-priorities need-me needs-me need-attention needs-attention need-my-attention \
      needs-my-attention happy satisfied glad pleased ok okay fine alright dissatisfied unsatisfied frustrated \
      angry upset annoyed bad badly poorly struggling happiness satisfaction sentiment mood vibe pulse \
      feedback nps csat update-me update-us update-on update-about update-for updates down falling declining \
      dropping dropped decreasing decreased shrinking sinking fall drop decline silent inactive dormant idle \
      unused stopped-using stopped-using-the-product stopped-using-our-product not-using not-using-the-product \
      not-using-our-product no-longer-using gone-quiet went-quiet gone-silent went-silent", Hints(TaskId::HEALTH), Plain),
    ("arr revenue spend spending pay pays paying worth value mrr recurring-revenue annual-revenue money \
      deal-size seats plan licence license licences licenses pricing price negotiate negotiation upsell \
      expansion auto-renew", Hints(TaskId::RENEWAL), Plain),
    ("how-is how's how-are hows what-about how-about whats-up", Hints(TaskId::HEALTH), Be),
    ("needs start begin well good urgent urgency high-priority p1 p2 sev1 \
      sev2 average avg median percentage percent share upcoming coming-up come-up comes-up which how-many \
      number-of count amount-of total sum combined altogether overall how-much most highest greatest maximum \
      least lowest fewest minimum bottom worst weakest unhealthiest sickest best strongest healthiest happiest \
      biggest largest richest smallest soonest earliest nearest first last past previous latest high red \
      critical medium moderate yellow amber low green unknown unclear up rising growing increasing increased \
      flat stable steady stagnating between not isn't aren't haven't hasn't don't doesn't except excluding \
      next coming following this current soon shortly day days week weeks month months quarter quarters year \
      years end-of end-of-the the-end-of the-end-of-the eow week-end eom month-end end-of-month eoq \
      quarter-end end-of-quarter eoy year-end end-of-year today tonight this-morning this-afternoon tomorrow \
      yesterday january jan february feb march mar april apr may june jun july jul august aug september sep \
      sept october oct november nov december dec q1 first-quarter q2 second-quarter q3 third-quarter q4 \
      fourth-quarter h1 first-half 1st-half h2 second-half 2nd-half it they them he she we us i me you im i'm \
      we're they're that these those there here might must may won't can't let lets gonna going-to want wants \
      need like likely what when where help hello hi hey thanks thank thx cheers please pls kindly how just \
      quick quickly really actually currently now right again also too so if as as-well as-well-as very much \
      many more less lot bit still yet ever lately recently show list give gimme get make create generate \
      build produce tell find see view pull run check review reviews analyse analyze assess rank ranked sort \
      sorted order ordered explain describe read work working go goes went got ask say try question questions \
      report analysis view page document data date dates term terms time times level levels one two-line short \
      long full nice great better worse something anything everything end get-started getting-started out off \
      via per open sentence line lines point points text table copy version ago half monday tuesday wednesday \
      thursday friday saturday sunday morning afternoon weekend new old team manager csm cfo ceo cto vp \
      sponsor champion stakeholder stakeholders contact contacts person people user users colleague colleagues \
      onboarding implementation integration kickoff rollout training feature features product roadmap invoice \
      invoices budget content region country segment industry tier owner", No, Plain),
    ("update", Hints(TaskId::HEALTH), Change),
    ("set delete change remove add edit modify rename overwrite reset merge archive increase decrease assign \
      reassign mark erase correct adjust replace", No, Change),
    ("customers accounts accts clients companies logos book portfolio everyone everybody anyone anybody nobody \
      ones organisations organizations we-have who whose compare comparing comparison versus vs difference \
      side-by-side top over above more-than greater-than larger-than exceeding bigger-than under below \
      less-than fewer-than smaller-than lower-than at-least minimum-of at-most up-to maximum-of or-more \
      or-higher or-above and-more and-above or-less or-fewer or-lower or-below", No, Many),
    ("customer account acct client company", No, Customer),
    ("without no missing lacking don't-have doesn't-have haven't-got hasn't-got within in-the-next \
      over-the-next in-the-coming during-the-next in during before ahead-of prior-to until till through \
      on-or-before no-later-than not-later-than not-after after since from starting starting-from on-or-after \
      no-earlier-than not-earlier-than not-before to for about at of with on into regarding concerning re \
      around against because despite by and or plus but then than", No, Splits),
    ("a an the any some every each all whole entire my our your their his her its", No, Determiner),
    ("do does did is are was were be been being am has have had having will would shall should can could", No, Be),
];

/// Legal forms of companies, which tell no company from another. Those of several words come first.
pub(super) const LEGAL_FORMS: &[&[&str]] = &[
    &["株", "式", "会", "社"],
    &["有", "限", "会", "社"],
    &["有", "限", "公", "司"],
    &["s", "a"],
    &["s", "p", "a"],
    &["b", "v"],
];
pub(super) const LEGAL_WORDS: &str = " ltd limited inc incorporated corp corporation co company llc llp lp plc gmbh mbh ag kg kgaa \
                           ug ohg se sa sas sarl srl spa bv nv ab as asa aps oy oyj pty pvt kk pte sro doo ooo ";
/// Words that many companies have in their names, so that one of them alone names none.
pub(super) const COMPANY_WORDS: &str = " group holding holdings care industries enterprises partners services solutions systems \
                             technologies technology software labs media capital foods global international brothers \
                             and und ";
