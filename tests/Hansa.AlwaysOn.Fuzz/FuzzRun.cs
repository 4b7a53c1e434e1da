namespace Hansa.AlwaysOn.Fuzz;

/// <summary>
/// One run: every input goes through the codec or the frame layer, and every message through a connection, too.
/// </summary>
internal sealed class FuzzRun(Seeds seeds, int seed, TimeSpan limit)
{
    // Enough that mutated chunks and halves meet each other on one connection.
    private const int InputsPerConnection = 20_000;
    private readonly Mutator _messages = new(seeds.Messages, seed);
    private readonly Mutator _frames = new(seeds.Frames, seed);
    private readonly byte[] _input = new byte[65_536];
    private long _left;
    private int _leftHere;

    public TimeSpan SlowestDecode { get; private set; }

    public TimeSpan SlowestDispatch { get; private set; }

    /// <summary>Inputs above the limit also when run again: the machine may have been busy the first time.</summary>
    public int SlowDecodes { get; private set; }

    /// <summary>The same on the connection, where no input is run again.</summary>
    public int SlowDispatches { get; private set; }

    public long Connections { get; private set; }

    public List<Exception> Crashes { get; } = [];

    public async Task RunAsync(long inputs)
    {
        _left = inputs;
        while (_left > 0)
        {
            _leftHere = InputsPerConnection;
            await using var target = new ConnectionTarget(Next, limit);
            await target.RunAsync();
            Connections++;
            Crashes.AddRange(target.Crashes);
            SlowDispatches += target.Slow;
            if (target.Slowest > SlowestDispatch)
                SlowestDispatch = target.Slowest;
        }
    }

    private (byte[] Buffer, int Length)? Next()
    {
        while (_left > 0 && _leftHere-- > 0)
        {
            _left--;
            if (_left % 10 == 0)
            {
                Decode(_frames.Next(keepHeader: false), isFrame: true);
                continue;
            }

            var message = _messages.Next(keepHeader: true);
            Decode(message, isFrame: false);
            if (message.IsEmpty)
                continue;
            message.CopyTo(_input);
            return (_input, message.Length);
        }

        return null;
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool isFrame)
    {
        var took = Time(bytes, isFrame);
        if (took > SlowestDecode)
            SlowestDecode = took;
        if (took > limit && Time(bytes, isFrame) > limit && Time(bytes, isFrame) > limit)
            SlowDecodes++;
    }

    private TimeSpan Time(ReadOnlySpan<byte> bytes, bool isFrame)
    {
        var start = Environment.CpuUsage.TotalTime;
        try
        {
            if (isFrame)
                DecoderTarget.ReadFrames(bytes);
            else
                DecoderTarget.ReadMessage(bytes);
        }
        catch (Exception e)
        {
            Crashes.Add(new InvalidDataException($"{(isFrame ? "frame" : "message")} {Convert.ToHexString(bytes)}", e));
        }

        return Environment.CpuUsage.TotalTime - start;
    }
}

/// <summary>The process's memory as the kernel counts it.</summary>
internal static class Memory
{
    public static long Resident() => Read("VmRSS:");

    public static long PeakResident() => Read("VmHWM:");

    /// <summary>Lets the peak begin at what is resident now.</summary>
    public static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Read(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length).Trim().TrimEnd(" kB")) << 10;
    }
}
