// SPDX-License-Identifier: Apache-2.0

import Calls
import NIOCore

/// What a connection is doing.
enum ConnectionState {
    case waiting
    case collecting(RequestInProgress)
    /// The request is refused, but its body has to arrive before the reply.
    case refusing(Refusal, RequestInProgress)
    case reportingHealth(WebhookRoute.HealthQuestion, RequestInProgress)
    /// Waiting for the reply; further requests are queued.
    case answering(RequestInProgress)
    /// The last reply is written; what still arrives is discarded.
    case ending

    /// Takes a piece of the body, and returns how many bytes have arrived of it.
    ///
    /// The state gives its request up meanwhile. A copy of it, as a pattern makes one, would have the whole body copied for
    /// each piece, and a body may come in a million of them.
    mutating func take(_ piece: ByteBuffer) -> Int {
        switch consume self {
        case .collecting(var request):
            request.append(piece)
            let size = request.size
            self = .collecting(request)
            return size
        case .refusing(let refusal, var request):
            request.pass(piece)
            let size = request.size
            self = .refusing(refusal, request)
            return size
        case .reportingHealth(let question, var request):
            request.pass(piece)
            let size = request.size
            self = .reportingHealth(question, request)
            return size
        case .answering(let request):
            self = .answering(request)
            return 0
        case .waiting:
            self = .waiting
            return 0
        case .ending:
            self = .ending
            return 0
        }
    }
}
