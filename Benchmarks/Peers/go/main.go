// SPDX-License-Identifier: Apache-2.0

// The webhook of Benchmarks/peers on Go's standard library: verify, decode, decide, answer.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	bodyLimit = 1 << 20
	// How old or how far ahead a timestamp may be, in seconds (docs/platform.md, Signatures).
	tolerance = 300
)

type webhook struct {
	Message struct {
		Type        string
		PhoneNumber struct{ Number string } `json:"phone_number"`
		Customer    struct{ Number string }
	}
}

type tag struct {
	Decision string `json:"decision"`
	By       string `json:"by"`
	Revision string `json:"revision"`
}

type metadata struct {
	Switchboard tag `json:"switchboard"`
}

type assistant struct {
	FirstMessage string   `json:"first_message"`
	Metadata     metadata `json:"metadata"`
}

type answer struct {
	Assistant assistant `json:"assistant"`
}

var (
	secret    = []byte(os.Getenv("SWITCHBOARD_WEBHOOK_SECRET"))
	lines     = map[string]string{"+31850835037": "HMS Sovereign Demo"}
	callers   = map[string]string{"+31612345678": "Jan"}
	decisions atomic.Uint64
)

func isSigned(header http.Header, body []byte) bool {
	timestamp := header.Get("X-Webhook-Timestamp")
	seconds, err := strconv.ParseUint(timestamp, 10, 40)
	if err != nil {
		return false
	}
	age := time.Now().Unix() - int64(seconds)
	if age < -tolerance || age > tolerance {
		return false
	}
	claimed, err := hex.DecodeString(strings.TrimPrefix(header.Get("X-Webhook-Signature"), "sha256="))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, secret)
	io.WriteString(mac, timestamp)
	io.WriteString(mac, ".")
	mac.Write(body)
	return hmac.Equal(mac.Sum(nil), claimed)
}

func reply(writer http.ResponseWriter, status int, body []byte) {
	writer.Header().Set("Content-Type", "application/json")
	writer.WriteHeader(status)
	writer.Write(body)
}

func serve(writer http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(writer, request.Body, bodyLimit))
	if err != nil {
		reply(writer, http.StatusRequestEntityTooLarge, []byte(`{"error":"too large"}`))
		return
	}
	if !isSigned(request.Header, body) {
		reply(writer, http.StatusUnauthorized, []byte(`{"error":"the signature is wrong"}`))
		return
	}
	var webhook webhook
	if err := json.Unmarshal(body, &webhook); err != nil {
		reply(writer, http.StatusBadRequest, []byte(`{"error":"the body is not JSON"}`))
		return
	}
	line, isOurs := lines[webhook.Message.PhoneNumber.Number]
	caller, isKnown := callers[webhook.Message.Customer.Number]
	if webhook.Message.Type != "assistant-request" || !isOurs || !isKnown {
		reply(writer, http.StatusOK, []byte("{}"))
		return
	}
	bytes, err := json.Marshal(answer{assistant{
		FirstMessage: "Hallo " + caller + ", welkom bij " + line + "!",
		Metadata:     metadata{tag{"d-" + strconv.FormatUint(decisions.Add(1), 10), "rule jan", "e5bb27e2"}},
	}})
	if err != nil {
		reply(writer, http.StatusInternalServerError, []byte(`{"error":"no answer"}`))
		return
	}
	reply(writer, http.StatusOK, bytes)
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	http.HandleFunc("/webhook", serve)
	fmt.Fprintln(os.Stderr, http.Serve(listener, nil))
	os.Exit(1)
}
