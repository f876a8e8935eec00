//! What follows from the list of tools.

/// Makes [`ToolName`](super::ToolName), [`ToolCall`](super::ToolCall) and [`ToolOutput`](super::ToolOutput) of rows
/// `name: Tool -> Output`: the name in the path, the [`Tool`](super::Tool), and the word for its answer.
macro_rules! tools {
    ($($name:ident: $tool:ident -> $output:ident,)*) => {
        /// A tool's name, as it stands in the path.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum ToolName {
            $($tool,)*
        }

        impl ToolName {
            /// Every tool.
            pub const ALL: [Self; [$(Self::$tool),*].len()] = [$(Self::$tool),*];

            /// The name as it stands in the path.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$tool => stringify!($name),)*
                }
            }

            /// What is to be known of it before it is called.
            pub fn about(self) -> $crate::tools::About {
                match self {
                    $(Self::$tool => $crate::tools::About::of::<$tool>(),)*
                }
            }
        }

        /// A tool with its validated parameters.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "one variant a tool")]
        pub enum ToolCall {
            $($tool(<$tool as $crate::tools::Tool>::Params),)*
        }

        impl ToolCall {
            /// A call of the tool as of a day (UTC), the server's today where it is none, and else with its defaults.
            pub fn of(tool: ToolName, as_of: Option<chrono::NaiveDate>) -> Self {
                match tool {
                    $(ToolName::$tool => Self::$tool(Default::default()),)*
                }
                .on(as_of)
            }

            /// Validates `params` for the tool; the error says which field is wrong.
            pub fn parse(tool: ToolName, params: serde_json::Value) -> Result<Self, $crate::tools::InvalidParams> {
                Ok(match tool {
                    $(ToolName::$tool => Self::$tool($crate::tools::params::read(params)?),)*
                })
            }

            /// Which tool is called.
            pub fn name(&self) -> ToolName {
                match self {
                    $(Self::$tool(_) => ToolName::$tool,)*
                }
            }

            /// The parameters as JSON.
            pub fn params(&self) -> Result<serde_json::Value, serde_json::Error> {
                match self {
                    $(Self::$tool(params) => serde_json::to_value(params),)*
                }
            }

            /// The day (UTC) to count from, where the caller names one.
            pub fn as_of(&self) -> Option<chrono::NaiveDate> {
                match self {
                    $(Self::$tool(params) => $crate::tools::Params::as_of(params),)*
                }
            }

            /// The same call as of a day (UTC); the server's today where it is none.
            pub fn on(self, as_of: Option<chrono::NaiveDate>) -> Self {
                match self {
                    $(Self::$tool(params) => Self::$tool($crate::tools::Params::on(params, as_of)),)*
                }
            }

            /// The same call over the days of a quarter, where the tool makes totals.
            pub fn over(self, quarter: $crate::quarter::Quarter) -> Self {
                match self {
                    $(Self::$tool(params) => Self::$tool($crate::tools::Params::over(params, quarter)),)*
                }
            }
        }

        /// What a tool answered, typed. On the wire it is the bare report: the call says which one it is.
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #[serde(untagged)]
        #[expect(missing_docs, reason = "one variant a tool")]
        pub enum ToolOutput {
            $($output(<$tool as $crate::tools::Tool>::Report),)*
        }

        impl ToolOutput {
            /// Reads the `data` of an answer of `tool`.
            pub fn parse(tool: ToolName, data: serde_json::Value) -> Result<Self, serde_json::Error> {
                Ok(match tool {
                    $(ToolName::$tool => Self::$output(serde_json::from_value(data)?),)*
                })
            }

            /// Which tool answered.
            pub fn tool(&self) -> ToolName {
                match self {
                    $(Self::$output(_) => ToolName::$tool,)*
                }
            }

            /// The facts in it.
            pub fn facts(&self) -> &[$crate::reading::Reading] {
                match self {
                    $(Self::$output(report) => <$tool as $crate::tools::Tool>::facts(report),)*
                }
            }

            /// The same with the texts that others wrote cleaned.
            pub fn cleaned(mut self, by: &dyn $crate::tools::Foreign) -> Self {
                match &mut self {
                    $(Self::$output(report) => <$tool as $crate::tools::Tool>::clean(report, by),)*
                }
                self
            }
        }

        $(
            /// The report, where it is this tool's.
            impl<'a> TryFrom<&'a ToolOutput> for &'a <$tool as $crate::tools::Tool>::Report {
                type Error = $crate::tools::OtherTool;

                fn try_from(output: &'a ToolOutput) -> Result<Self, $crate::tools::OtherTool> {
                    match output {
                        ToolOutput::$output(report) => Ok(report),
                        _ => Err($crate::tools::OtherTool),
                    }
                }
            }
        )*
    };
}

pub(super) use tools;
