using System.Text.Json;
using System.Threading.Channels;
using Hansa.Model;

namespace Hansa.Web;

/// <summary>
/// What one page of a browser watches. Messages are numbered and kept for a while, so that a page whose socket broke goes on where
/// it was; what goes on is bounded by the topics' own bounds, as a message is made only when the page has room for it.
/// </summary>
internal sealed class LivePage(string userName, LiveTopics maker, LiveOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, LiveTopic> _topics = [];
    private readonly Queue<(long Number, byte[] Message)> _kept = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly CancellationTokenSource _ending = new();
    private ChannelWriter<byte[]>? _socket;
    private Task _pump = Task.CompletedTask;
    private long _number;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string UserName => userName;

    /// <summary>When its socket broke; null while it has one.</summary>
    public DateTimeOffset? Left { get; private set; }

    public void Start() => _pump = PumpAsync();

    /// <summary>Sends what has come after that number, and what comes, to this socket.</summary>
    /// <returns>Whether nothing is missing in between.</returns>
    public bool Join(ChannelWriter<byte[]> socket, long after)
    {
        lock (_gate)
        {
            if (after > _number || (after < _number && (_kept.Count == 0 || _kept.Peek().Number > after + 1)))
                return false;
            foreach (var (number, message) in _kept)
            {
                if (number > after && !socket.TryWrite(message))
                    return false;
            }

            (_socket, Left) = (socket, null);
            return true;
        }
    }

    /// <summary>The socket has broken.</summary>
    public void Leave(ChannelWriter<byte[]> socket)
    {
        lock (_gate)
        {
            if (_socket == socket)
                (_socket, Left) = (null, time.GetUtcNow());
        }
    }

    public void Subscribe(int id, JsonElement topic)
    {
        Unsubscribe(id);
        try
        {
            LiveTopic made;
            lock (_gate)
            {
                if (_topics.Count >= options.MostTopics)
                    throw new PlatformException(ErrorCode.TooManyRequests, $"A page watches at most {options.MostTopics} topics.");
                made = maker.Make(userName, topic);
                _topics[id] = made;
            }

            made.Wake = Wake;
            Wake();
        }
        catch (PlatformException e)
        {
            Refuse(id, e.Message);
        }
    }

    public void Unsubscribe(int id)
    {
        LiveTopic? topic;
        lock (_gate)
            _topics.Remove(id, out topic);
        topic?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _pump;
        lock (_gate)
        {
            foreach (var topic in _topics.Values)
                topic.Dispose();
            _topics.Clear();
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_news.CurrentCount == 0)
                _news.Release();
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                await _news.WaitAsync(_ending.Token);
                (int Id, LiveTopic Topic)[] topics;
                lock (_gate)
                    topics = [.. _topics.Select(topic => (topic.Key, topic.Value))];
                foreach (var (id, topic) in topics)
                    await TellAsync(id, topic);
                await Task.Delay(options.Pace, time, _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task TellAsync(int id, LiveTopic topic)
    {
        try
        {
            await topic.TellAsync(userName, write => Send(writer =>
            {
                writer.WriteNumber("id", id);
                writer.WritePropertyName("event");
                write(writer);
            }), _ending.Token);
        }
        catch (PlatformException e)
        {
            Unsubscribe(id);
            Refuse(id, e.Message);
        }
    }

    private void Refuse(int id, string reason) => Send(writer =>
    {
        writer.WriteNumber("id", id);
        writer.WriteString("error", reason);
    });

    private void Send(Action<Utf8JsonWriter> write)
    {
        lock (_gate)
        {
            var message = LiveMessage.Write(writer =>
            {
                writer.WriteNumber("seq", ++_number);
                write(writer);
            });
            _kept.Enqueue((_number, message));
            while (_kept.Count > options.KeptMessages)
                _kept.Dequeue();
            // A socket that takes nothing any more is given up; the page comes back with the number it got to.
            if (_socket?.TryWrite(message) == false)
                _socket.TryComplete();
        }
    }
}

/// <summary>Writes messages.</summary>
internal static class LiveMessage
{
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, ValueJson.WriterOptions))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return text.ToArray();
    }
}
