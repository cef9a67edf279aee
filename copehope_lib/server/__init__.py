"""The server: started confined to one folder, which holds one audience's extract."""
