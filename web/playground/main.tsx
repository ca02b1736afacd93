document.getElementById('root')?.append('…');
