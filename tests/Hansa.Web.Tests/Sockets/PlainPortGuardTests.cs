using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Sockets;

public sealed class PlainPortGuardTests
{
    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private string? _passedOn;

    [Fact]
    public async Task A_TLS_hello_is_answered_at_once_and_whole()
    {
        await _input.Writer.WriteAsync(new byte[] { 0x16, 0x03, 0x01 });
        await GuardAsync();
        _passedOn.ShouldBeNull();
        var answer = Encoding.ASCII.GetString((await _output.Reader.ReadAsync()).Buffer.FirstSpan).Split("\r\n\r\n");
        answer[0].ShouldStartWith("HTTP/1.1 400 ");
        answer[0].ShouldContain($"Content-Length: {answer[1].Length}");
    }

    [Fact]
    public async Task Anything_else_goes_on_untouched()
    {
        await _input.Writer.WriteAsync("GET / HTTP/1.1"u8.ToArray());
        await GuardAsync();
        _passedOn.ShouldBe("GET / HTTP/1.1");
    }

    [Fact]
    public async Task A_connection_that_ends_without_a_word_is_let_go()
    {
        using var closed = new CancellationTokenSource();
        var guarding = GuardAsync(closed.Token);
        await closed.CancelAsync();
        await guarding;
        _passedOn.ShouldBeNull();
    }

    private Task GuardAsync(CancellationToken closed = default)
    {
        var connection = new DefaultConnectionContext("c", new Ends(_input.Reader, _output.Writer), new Ends(_output.Reader, _input.Writer)) { ConnectionClosed = closed };
        return PlainPortGuard.GuardAsync(connection, async next =>
            _passedOn = Encoding.ASCII.GetString((await next.Transport.Input.ReadAsync()).Buffer.FirstSpan));
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
