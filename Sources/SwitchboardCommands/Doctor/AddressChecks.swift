// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Foundation
import OutboundHTTP
import Signatures
import SimulatedPlatform

/// The public address, as the platform reaches it: name, connection, and webhooks of three shapes.
struct AddressChecks {
    let target: WebhookTarget
    let secret: WebhookSecret?
    let http: OutboundHTTP

    func check() async -> [HealthCheck] {
        let dns = name()
        guard dns.outcome != .failure else { return [dns] }
        let transport = encryption()
        let plain = await probe(.plain)
        guard plain.isFine else { return [dns, transport, unreached(plain)].compactMap(\.self) }
        var checks = [dns, transport, .ok("address", "\(target): \(plain)")].compactMap(\.self)
        if secret == nil {
            checks.append(
                .warning(
                    "signature", "sent unsigned, and accepted",
                    do: "set the secret, with --secret-env or in server.secrets"))
        } else {
            checks.append(.ok("signature", "accepted"))
        }
        let bodies = [await probe(.unusual), await probe(.large)]
        if let changed = bodies.first(where: { !$0.isFine }) {
            checks.append(body(changed, isLarge: bodies[0].isFine))
        } else {
            checks.append(.ok("body", "bodies arrive as they were sent"))
        }
        return checks
    }

    private func probe(_ shape: Probe.Shape) async -> ProbeResult {
        let client = PlatformClient(target: target, secret: secret, http: http, now: WallClock.system.now)
        return await Probe(through: client).send(id: Probe.newID(), shape: shape)
    }

    /// Whether the name leads to an address.
    private func name() -> HealthCheck {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let problem = getaddrinfo(target.host, "\(target.port)", &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard problem == 0 else {
            return .failure(
                "dns", "\(target.host) has no address: \(String(cString: gai_strerror(problem)))",
                do: "check the name and the DNS records")
        }
        let count = sequence(first: found) { $0?.pointee.ai_next }.prefix { $0 != nil }.count
        return .ok("dns", "\(target.host) has \(CountText.words(count, "address", plural: "addresses"))")
    }

    private func encryption() -> HealthCheck? {
        guard !target.isSecure else { return nil }
        let isLocal = ListenAddress(host: target.host, port: target.port).isLoopback
        return isLocal
            ? .ok("tls", "not encrypted, on this machine only")
            : .warning("tls", "not encrypted: numbers and transcripts can be read on the way", do: "use https")
    }

    private func unreached(_ result: ProbeResult) -> HealthCheck {
        if case .unanswered(.encryption(_, let problem)) = result {
            return .failure("tls", "\(target): \(problem)", do: problem.advice)
        }
        if case .refused = result {
            let advice =
                secret == nil
                ? "set the secret, with --secret-env or in server.secrets" : "compare the secrets, and the clocks"
            return .failure("signature", "\(target): the signature was refused", do: advice)
        }
        return .failure("address", "\(target): \(result.words)", do: advice(result))
    }

    private func advice(_ result: ProbeResult) -> String {
        switch result {
        case .gatewayFailed: "see whether the server runs, and whether the proxy has its address"
        case .unanswered(.notHTTP),
            .unanswered(.closed) where !target.isSecure:
            "check the address; a port that speaks TLS needs https://"
        default: result.advice ?? "check the address, the proxy, and the server"
        }
    }

    private func body(_ result: ProbeResult, isLarge: Bool) -> HealthCheck {
        switch result {
        case .refused:
            .failure(
                "body", "something on the way changes bodies, so that signatures fail",
                do: "have the proxy pass the body on byte for byte")
        case _ where isLarge:
            .failure(
                "body", "a webhook of \(Probe.largeBytes >> 10) KiB does not arrive: \(result.words)",
                do: "raise the limit of the proxy to 1 MiB (nginx: client_max_body_size)")
        default:
            .failure(
                "body", "a webhook with unusual text does not arrive: \(result.words)",
                do: "have the proxy pass the body on byte for byte")
        }
    }
}
