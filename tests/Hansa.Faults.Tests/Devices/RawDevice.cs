using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Hansa.Testing;

namespace Hansa.Faults.Tests.Devices;

/// <summary>A socket with hands: sends bytes as they are given and takes frames apart, with no help of the code under test.</summary>
internal sealed class RawDevice : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawDevice(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    /// <summary>The upgrade request of the C SDK, byte by byte (spec alwayson 1.2).</summary>
    public static string CSdkUpgrade(string key) =>
        "GET /Thingworx/WS HTTP/1.1\r\nUser-Agent: ThingWorx C SDK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nHost: localhost\r\n"
        + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: l2BurSitcZLcMLcbFp4Lxw==\r\nMax-Frame-Size: 8192\r\nappKey: {key}\r\n\r\n";

    public static async Task<RawDevice> ConnectAsync(ServerUnderTest server)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        return new(client);
    }

    /// <summary>Connects and upgrades.</summary>
    public static async Task<RawDevice> UpgradeAsync(ServerUnderTest server, string key)
    {
        var device = await ConnectAsync(server);
        await device.SendAsync(CSdkUpgrade(key));
        if (await device.ReadHeadAsync() is var head && !head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new InvalidOperationException(head);
        return device;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Limit);
        await _stream.WriteAsync(bytes, limit.Token);
    }

    /// <summary>Sends a message as one binary frame, masked with zeros as the C SDK does.</summary>
    public Task SendFrameAsync(byte[] message)
    {
        byte[] length = message.Length < 126 ? [(byte)(0x80 | message.Length)] : [0xfe, (byte)(message.Length >> 8), (byte)message.Length];
        return SendAsync([0x82, .. length, 0, 0, 0, 0, .. message]);
    }

    /// <summary>AUTH with a key, and its answer.</summary>
    public async Task SignInAsync(string key)
    {
        await SendFrameAsync([1, 0x14, 0, 0, 0, 1, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 1, 6, .. "appKey"u8, (byte)key.Length, .. Encoding.ASCII.GetBytes(key)]);
        if ((await ReadFrameAsync())?.Payload is not [1, 0x40, ..])
            throw new InvalidOperationException("AUTH was refused.");
    }

    /// <summary>GET of a property.</summary>
    public Task GetAsync(int requestId, string thing, string property)
    {
        var header = new byte[15];
        header[0] = header[1] = 1;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(2), requestId);
        return SendFrameAsync([.. header, 0x0a, (byte)thing.Length, .. Encoding.ASCII.GetBytes(thing), 1, (byte)property.Length, .. Encoding.ASCII.GetBytes(property), 0, 0xff]);
    }

    /// <summary>Reads an HTTP header block, and not a byte more.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new List<byte>();
        while (!(head is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n']))
        {
            if (await ReadAsync(1) is not [var next])
                break;
            head.Add(next);
        }

        return Encoding.ASCII.GetString([.. head]);
    }

    /// <summary>Reads a frame of the server; null at the end of the connection.</summary>
    public async Task<(bool IsFinal, bool IsDeflated, int Opcode, byte[] Payload)?> ReadFrameAsync()
    {
        if (await ReadAsync(2) is not [var first, var second])
            return null;
        var length = second & 0x7f;
        if ((second & 0x80) != 0 || length == 127)
            throw new InvalidDataException("The C SDK would drop the connection: a masked frame, or one of 64-bit length.");
        if (length == 126)
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2));
        if (length is 0 or > 8192)
            throw new InvalidDataException($"The C SDK would not take a frame of {length} bytes.");
        return ((first & 0x80) != 0, (first & 0x40) != 0, first & 0x0f, await ReadAsync(length));
    }

    /// <summary>Whether not a byte comes for so long.</summary>
    public async Task<bool> IsSilentAsync(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        try
        {
            await _client.Client.ReceiveAsync(new byte[1], SocketFlags.Peek, limit.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>Waits until the server has ended the connection; what it still says is passed over.</summary>
    public async Task UntilEndedAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        using var limit = new CancellationTokenSource(Limit);
        var have = await _stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, limit.Token);
        return have == count ? bytes : [];
    }
}
