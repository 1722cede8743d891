// SPDX-License-Identifier: Apache-2.0

/// A method and a path, and what answers them.
package struct ControlRoute: Sendable {
    /// Answers a request.
    ///
    /// It is carried out to the end even when the client goes away meanwhile.
    package typealias Answer = @Sendable (ControlRequest) async -> ControlReply

    /// The method in capitals.
    package let method: String
    /// The path with `{name}` for a part that varies, such as `/v1/calls/{id}`; no two patterns may overlap by names only.
    package let path: String
    package let answer: Answer

    package init(_ method: String, _ path: String, answer: @escaping Answer) {
        self.method = method
        self.path = path
        self.answer = answer
    }
}
