import theme from 'vitepress/theme';
import './right-to-left.css';

export default theme;
