using System.Text.Json;
using Hansa.Model;

namespace Hansa.Web;

/// <summary>Something a page watches. It notes what happens, and tells it when its page asks: many changes between two looks are one message.</summary>
internal abstract class LiveTopic : IDisposable
{
    private volatile bool _hasNews;

    /// <summary>Called when there is something to tell.</summary>
    public Action Wake { get; set; } = () => { };

    /// <summary>Tells what has happened since the last look, to a user with the rights that user has now.</summary>
    /// <param name="userName">Who watches.</param>
    /// <param name="tell">Writes one event; the writer stands where its value is to be written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PlatformException">The user may not watch this any more.</exception>
    public async ValueTask TellAsync(string userName, Action<Action<Utf8JsonWriter>> tell, CancellationToken cancellationToken)
    {
        if (!_hasNews)
            return;
        _hasNews = false;
        await CollectAsync(userName, tell, cancellationToken);
    }

    public abstract void Dispose();

    protected abstract ValueTask CollectAsync(string userName, Action<Action<Utf8JsonWriter>> tell, CancellationToken cancellationToken);

    protected void News()
    {
        if (_hasNews)
            return;
        _hasNews = true;
        Wake();
    }
}
