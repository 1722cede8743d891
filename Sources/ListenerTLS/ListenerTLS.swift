// SPDX-License-Identifier: Apache-2.0

package import NIOCore
package import NIOSSL
import NIOTLS
import Synchronization

/// TLS for the connections of a listener, with a certificate that is renewed while it runs.
package final class ListenerTLS: Sendable {
    private let current: Mutex<TLSCertificate>

    package init(_ certificate: TLSCertificate) {
        current = Mutex(certificate)
    }

    /// The certificate that new connections get; those that are open keep theirs.
    package var certificate: TLSCertificate {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    /// What comes first in the pipeline of a new connection; one whose handshake takes longer than `time` is closed.
    package func handlers(handshakeWithin time: TimeAmount) -> [any ChannelHandler] {
        [NIOSSLServerHandler(context: certificate.context), HandshakeDeadline(time)]
    }

    /// For a client in this process that calls its own listener by an address that no certificate names.
    package static var trustingAnyone: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        return configuration
    }
}

/// Closes a connection whose handshake takes too long, then goes out of the way.
private final class HandshakeDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let time: TimeAmount
    private var timer: Scheduled<Void>?

    init(_ time: TimeAmount) {
        self.time = time
    }

    func handlerAdded(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        guard case .handshakeCompleted = event as? TLSUserEvent else { return }
        timer?.cancel()
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}
