// SPDX-License-Identifier: Apache-2.0

/// The terminal takes no more bytes, so it can neither be restored nor told anything.
struct StuckTerminal: Error, Equatable {}
